import process from 'node:process';
import { describe, expect, test } from 'vitest';
import { InterruptedError, stoppable, type Interruption } from './interrupt.js';

const aborted = (signal: AbortSignal) =>
  new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));

/** How the signals stand, and how many listeners of ours are left. */
const stand = ({ stopping, signal }: Interruption) => [stopping.aborted, signal.aborted];

describe('what should not be cut off in the middle', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'is asked to end by the first %s, and cut off by the second',
    async (name) => {
      const before = process.listenerCount(name);
      const stands = await stoppable(async (interruption) => {
        const seen = [stand(interruption)];
        for (let count = 0; count < 2; count++) {
          process.emit(name);
          seen.push(stand(interruption));
        }
        // A third one would end the process.
        expect(process.listenerCount(name)).toBe(before);
        return seen;
      });
      expect(stands).toEqual([
        [false, false],
        [true, false],
        [true, true],
      ]);
    },
  );

  test('is cut off when it takes longer than the grace', async () => {
    await stoppable(async (interruption) => {
      process.emit('SIGINT');
      expect(stand(interruption)).toEqual([true, false]);
      await aborted(interruption.signal);
    }, 5);
  });

  test('may end in peace', async () => {
    const before = process.listenerCount('SIGINT');
    const ended = await stoppable(async (interruption) => {
      process.emit('SIGINT');
      return interruption;
    }, 60_000);
    expect([stand(ended), process.listenerCount('SIGINT')]).toEqual([[true, false], before]);
  });

  test('rejects as interrupted with what it threw after the first signal, and as it is before', async () => {
    const cause = new Error('what it threw');
    const thrown = stoppable(async () => {
      process.emit('SIGINT');
      throw cause;
    });
    await expect(thrown).rejects.toThrow(InterruptedError);
    await expect(thrown).rejects.toMatchObject({ cause });
    await expect(stoppable(() => Promise.reject(cause))).rejects.toBe(cause);
  });
});
