import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Outage } from './outage.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

function told() {
  const lines: string[] = [];
  const tell = (fields: object, message: string) => void lines.push([...Object.values(fields), message].join(' '));
  const outage = new Outage({ info: tell, warn: tell }, { begins: 'it is away', ends: 'it is back' });
  return { lines, outage };
}

describe('an outage', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is told at once, and its end when all has gone well for five seconds', () => {
    const { lines, outage } = told();
    outage.end();
    outage.begin({ why: 'refused:' });
    outage.begin({ why: 'refused again:' });
    outage.end();
    vi.advanceTimersByTime(4 * SECOND);
    outage.end();
    expect(lines).toEqual(['refused: it is away']);
    vi.advanceTimersByTime(SECOND);
    outage.end();
    vi.advanceTimersByTime(MINUTE);
    expect(lines).toEqual(['refused: it is away', 'it is back']);
  });

  it('that comes and goes is one', () => {
    const { lines, outage } = told();
    for (let time = 0; time < 1_000; time++) {
      outage.begin({});
      outage.end();
      vi.advanceTimersByTime(4 * SECOND);
    }
    expect(lines).toEqual(['it is away']);
    vi.advanceTimersByTime(SECOND);
    expect(lines).toEqual(['it is away', 'it is back']);
  });

  it.each([6, 20, 119, 121, 300])('that comes again %i seconds after it went takes a line a minute at most', (gap) => {
    const { lines, outage } = told();
    const hours = 8;
    for (let passed = 0; passed < hours * 60 * MINUTE; passed += gap * SECOND) {
      outage.begin({});
      outage.end();
      vi.advanceTimersByTime(gap * SECOND);
    }
    expect(lines.length).toBeLessThanOrEqual(hours * 60);
  });
});
