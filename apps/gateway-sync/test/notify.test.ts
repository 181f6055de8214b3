import { createEmulator } from '@gateway-sync/emulator';
import { Webhook } from 'svix';
import { expect, test, vi } from 'vitest';
import { listening, startApp } from './support/app.js';
import { Canaries } from './support/canaries.js';
import { PATIENCE_MS, useDatabase } from './support/database.js';
import { webhookReceiver } from './support/webhook-receiver.js';

const database = useDatabase();
const patience = { timeout: PATIENCE_MS, interval: 20 };
const LATE_IN_THE_MONTH = Date.parse('2026-11-20T12:00:00Z');

test(
  'each threshold is told once by a signed webhook, over two replicas, failures and restarts',
  { timeout: 3 * PATIENCE_MS },
  async () => {
    const canaries = new Canaries();
    const secret = canaries.signing('notify.secret');
    let failures = 2;
    const receiver = await webhookReceiver((_, response) => {
      failures -= 1;
      response.writeHead(failures >= 0 ? 503 : 204).end();
    });
    const emulator = createEmulator({ autoCreateTenants: true });
    const { url: baseUrl } = await listening(emulator);
    const use = async (percent: number) => {
      const body = JSON.stringify({ month: '2026-11', set: percent * 10, limit: 1_000 });
      const headers = { 'content-type': 'application/json' };
      const request = new Request('http://emulator/_emulator/tenants/acme/usage', { method: 'POST', body, headers });
      expect((await emulator.fetch(request)).status).toBe(200);
    };
    const logs: (readonly string[])[] = [];
    const offset = LATE_IN_THE_MONTH - Date.now();
    const serve = async () => {
      const store = await database.open({ clock: { now: Date.now } });
      const { records, outbox } = store.fleet('shops');
      const app = await startApp({
        store,
        records,
        outbox,
        clock: { now: () => Date.now() + offset },
        emporix: { baseUrl },
        notify: { url: receiver.url, secret },
        tenants: [{ tenant: 'acme', quota: { warnAt: [25, 28, 95] } }],
      });
      logs.push(app.log);
      return app;
    };
    const told = () => receiver.received.map(({ headers }) => headers['webhook-id']);
    const read = (app: Awaited<ReturnType<typeof serve>>) =>
      vi.waitFor(async () => expect(await app.metric('quota_used_events{tenant="acme"}')).toBeGreaterThan(0), patience);

    await use(26);
    const both = [await serve(), await serve()];
    await vi.waitFor(() => expect(told()).toHaveLength(2), patience);
    await Promise.all(both.map(read));
    await Promise.all(both.map(({ service }) => service.stop(5_000)));
    expect(new Set(told()).size).toBe(1);

    await use(29);
    await database.query('update gateway_sync.notification set due_at = now()');
    const third = await serve();
    await vi.waitFor(
      async () => expect(await third.metric('notifications_total{result="delivered"}')).toBe(2),
      patience,
    );
    await third.service.stop(5_000);
    const fourth = await serve();
    await read(fourth);
    await fourth.service.stop(5_000);

    expect(receiver.received.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject(
      [25, 25, 25, 28].map((threshold) => ({ type: 'quota.threshold_reached', data: { tenant: 'acme', threshold } })),
    );
    expect(new Set(told().slice(0, 3)).size).toBe(1);
    for (const { headers, body } of receiver.received) {
      const sentAt = new Date(Number(headers['webhook-timestamp']) * 1000);
      expect(headers['webhook-signature']).toBe(new Webhook(secret).sign(String(headers['webhook-id']), sentAt, body));
    }
    const rows = await database.query<{ line: string }>(
      'select row_to_json(n)::text as line from gateway_sync.notification n where due_at is null',
    );
    expect(rows).toHaveLength(2);
    const written = [...logs.flat(), ...rows.map(({ line }) => line)].join('\n');
    expect(written).toContain('a notification was taken');
    expect(canaries.leaksIn(written)).toEqual([]);
  },
);
