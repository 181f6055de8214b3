import { setImmediate } from 'node:timers/promises';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { webhookReceiver } from '../../test/support/webhook-receiver.js';
import { MemoryOutbox } from '../adapters/memory-outbox.js';
import { LedgerError } from '../core/errors.js';
import type { NotificationResult } from '../core/notification-attempt.js';
import { quotaUsage } from '../core/quota.js';
import { Secret } from '../core/secret.js';
import { Notifier } from './notifier.js';

const KEY = Buffer.from('a key of at least twenty-four bytes').toString('base64');
const AT = Date.parse('2026-11-20T12:00:00Z');
const look = (sent: number) => ({
  usage: quotaUsage({ limit: 100, months: [{ month: '2026-11', sent }] }, '2026-11', [70, 85, 95]),
  state: { at: AT },
});

/** A notifier that leads, and a receiver that answers with these statuses one after the other, the last one for ever. */
async function stage(statuses: readonly number[]) {
  const left = [...statuses];
  const receiver = await webhookReceiver((_, response) => {
    const status = left.length > 1 ? left.shift() : left[0];
    if (status !== undefined) response.writeHead(status).end();
  });
  const world: { now: number; failure?: Error } = { now: AT };
  const clock = { now: () => world.now };
  const outbox = new MemoryOutbox(clock);
  const add = outbox.add.bind(outbox);
  outbox.add = (messages) => (world.failure ? Promise.reject(world.failure) : add(messages));
  const take = outbox.take.bind(outbox);
  let takes = 0;
  outbox.take = (wish) => {
    takes++;
    return take(wish);
  };
  const results: NotificationResult[] = [];
  const times: number[] = [];
  const lines: string[] = [];
  let ids = 0;
  const notifier = new Notifier({
    outbox,
    metrics: {
      notified: (result, at) => {
        results.push(result);
        times.push(at);
      },
    },
    logger: pino({}, { write: (line: string) => void lines.push(line) }),
    clock,
    newId: () => `${(ids += 1)}`,
    userAgent: 'gateway-sync/test',
  });
  const settings = { url: `${receiver.url}/a-token`, secret: new Secret(`whsec_${KEY}`), timeoutMs: 60_000 };
  notifier.take(settings);
  notifier.arrange(true);
  onTestFinished(() => notifier.stop(0));
  /** Lets so much time pass, and wakes the notifier. */
  const pass = (ms: number) => {
    world.now += ms;
    notifier.arrange(true);
  };
  const ended = (count: number) => vi.waitFor(() => expect(results).toHaveLength(count));
  return { notifier, receiver, world, outbox, results, times, lines, settings, pass, ended, takes: () => takes };
}

/** Attempts and reason of each message that the log says is given up. */
const givenUp = (lines: readonly string[]) =>
  lines
    .map((line) => JSON.parse(line) as { msg: string; attempts: number; reason: string }) // as `log-notification.ts` writes it
    .flatMap(({ msg, attempts, reason }) => (msg.includes('is given up') ? [[attempts, reason]] : []));

describe('the notifier', () => {
  it('sends each threshold once, however often it is looked at', async () => {
    const { notifier, receiver, results, ended } = await stage([204]);
    await notifier.looked('acme', look(72));
    await ended(1);
    await notifier.looked('acme', look(73));
    await notifier.looked('acme', look(86));
    await ended(2);
    await notifier.looked('beta', look(70));
    await ended(3);
    expect(results).toEqual(['delivered', 'delivered', 'delivered']);
    expect(receiver.received.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
      { type: 'quota.threshold_reached', data: { tenant: 'acme', threshold: 70, used: 72 } },
      { type: 'quota.threshold_reached', data: { tenant: 'acme', threshold: 85, used: 86 } },
      { type: 'quota.threshold_reached', data: { tenant: 'beta', threshold: 70 } },
    ]);
  });

  it('sends again what was not taken, with the same id, and tells the log neither secret nor address', async () => {
    const { notifier, receiver, results, lines, pass, ended } = await stage([500, 204]);
    await notifier.looked('acme', look(72));
    await ended(1);
    pass(4_999);
    pass(1);
    await ended(2);
    expect(results).toEqual(['failed', 'delivered']);
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual(['msg_1', 'msg_1']);
    const log = lines.join('');
    expect(log).toContain('"reason":"answered 500","msg":"a notification was not taken; it is sent again in 5 s"');
    expect(log).toContain('a notification was taken');
    for (const hidden of [KEY, 'a-token', '"used"']) expect(log).not.toContain(hidden);
  });

  it('gives up on a receiver that is gone, and on what nobody could send for three days', async () => {
    const { notifier, receiver, world, results, times, lines, ended } = await stage([410]);
    await notifier.looked('acme', look(72));
    await ended(1);
    world.now += 73 * 3_600_000;
    await notifier.looked('beta', look(72));
    await ended(2);
    expect(results).toEqual(['given_up', 'given_up']);
    expect(times).toEqual([AT, AT + 73 * 3_600_000]);
    expect(receiver.received).toHaveLength(1);
    expect(givenUp(lines)).toEqual([
      [1, 'answered 410'],
      [0, 'nobody could send it for three days'],
    ]);
  });

  it('counts what was sent when it gives up, and not the attempt that it does not make', async () => {
    const { notifier, receiver, lines, pass, ended } = await stage([500]);
    await notifier.looked('acme', look(72));
    await ended(1);
    pass(5_000);
    await ended(2);
    pass(73 * 3_600_000);
    await ended(3);
    expect(receiver.received).toHaveLength(2);
    expect(givenUp(lines)).toEqual([[2, 'not taken for three days']]);
  });

  it('keeps nothing while the file names no receiver, and sends nothing while another replica leads', async () => {
    const { notifier, receiver, outbox, settings, ended, takes } = await stage([204]);
    notifier.take(undefined);
    await notifier.looked('acme', look(72));
    expect(await outbox.untilDue()).toBeUndefined();
    notifier.take(settings);
    notifier.arrange(false);
    const before = takes();
    await notifier.looked('acme', look(72));
    await notifier.looked('acme', look(86));
    // Both woke the loop, which has its turn before this.
    await setImmediate();
    expect([takes(), await outbox.untilDue(), receiver.received]).toEqual([before, 0, []]);
    notifier.arrange(true);
    await ended(2);
  });

  it('sends after a loss of the database what was found out meanwhile', async () => {
    const { notifier, world, lines, ended } = await stage([204]);
    world.failure = new LedgerError('no connection', { transient: true });
    await notifier.looked('acme', look(72));
    await notifier.looked('acme', look(72));
    expect(lines.filter((line) => line.includes('notifications cannot be kept'))).toHaveLength(1);
    delete world.failure;
    await notifier.looked('acme', look(72));
    await ended(1);
  });

  it('sends many at once to the end', async () => {
    const { notifier, receiver, ended } = await stage([204]);
    const tenants = Array.from({ length: 25 }, (_, index) => `t${index}`);
    await Promise.all(tenants.map((tenant) => notifier.looked(tenant, look(72))));
    await ended(25);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(25);
  });

  it('stops by aborting what no receiver answers, so that somebody sends it later', async () => {
    const { notifier, receiver, world, outbox, results, lines } = await stage([]);
    await notifier.looked('acme', look(72));
    await vi.waitFor(() => expect(receiver.received).toHaveLength(1));
    await notifier.stop(10);
    expect([results, lines]).toEqual([[], []]);
    world.now += 90_000;
    expect(await outbox.take({ limit: 1, holdMs: 1 })).toMatchObject([{ id: 'msg_1', attempts: 2 }]);
  });
});
