import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createEmulator, type Emulator } from '@gateway-sync/emulator';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { loadDesiredFile } from '../src/adapters/desired-file/load.js';
import { Secret } from '../src/core/secret.js';
import type { Service } from '../src/service.js';
import { startService } from '../src/service.js';
import { openServing } from '../src/serving.js';
import { fileText, listening, ORDER_EVENTS, subscribed, type AppOptions } from './support/app.js';
import { PATIENCE_MS, useDatabase } from './support/database.js';
import { servingAt, startProgram, temporaryFile } from './support/program.js';

const database = useDatabase();
const patience = { timeout: PATIENCE_MS, interval: 50 };
const TOKEN = 'a-token-for-this-test';

interface Replica {
  readonly url: string;
  readonly log: readonly string[];
  readonly path: string;
  reload: Service['reload'];
  /** Writes its own copy of the file, and reads it. */
  change(text: string): Promise<string>;
  stop(): Promise<void>;
  get(path: string): Promise<{ status: number; body: Answer }>;
  post(path: string): Promise<number>;
}

interface Answer {
  readonly state?: string;
  readonly info?: { readonly firstPass?: { readonly role?: string } };
}

/** One service with a copy of the file of its own, as a pod has; replicas share `instance`. */
async function replica(text: string): Promise<Replica> {
  const path = await temporaryFile('shops.yaml', text);
  const readAt = performance.now();
  const file = await loadDesiredFile(path, {});
  const log: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void log.push(line) });
  const clock = { now: Date.now };
  const store = await database.open({ clock });
  const serving = await openServing(file, store, { logger, clock, partial: false });
  const service = await startService(
    {
      ...serving.parts,
      file,
      readAt,
      logger,
      clock,
      random: () => 0.5,
      newId: randomUUID,
      build: { version: '0.0.0', revision: 'test' },
      actor: `test:${log.length}`,
      protectReads: false,
      apiToken: new Secret(TOKEN),
      watching: { contents: new Map(), load: (onRead) => loadDesiredFile(path, {}, onRead), everyMs: 3_600_000 },
    },
    { port: 0, host: '127.0.0.1' },
  );
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= service.stop(1_000).then(() => serving.close()));
  onTestFinished(stop);
  return {
    url: service.listening.url,
    log,
    path,
    reload: (cause) => service.reload(cause),
    change: async (next) => {
      await writeFile(path, next);
      return (await service.reload('signal')).type;
    },
    stop,
    get: async (where) => {
      const response = await fetch(`${service.listening.url}${where}`);
      return { status: response.status, body: (await response.json()) as Answer };
    },
    post: async (where) => {
      const headers = { authorization: `Bearer ${TOKEN}` };
      return (await fetch(`${service.listening.url}${where}`, { method: 'POST', headers })).status;
    },
  };
}

/** An emulator, and the text of a file for some of its tenants, which no other test has: the ledger is the same. */
async function shops(options: { readonly interval: string }) {
  const emulator = createEmulator({ autoCreateTenants: true });
  const { url } = await listening(emulator);
  const mark = randomUUID().slice(0, 8);
  const names = { acme: `acme-${mark}`, beta: `beta-${mark}` };
  const sync = { interval: options.interval, maxInterval: options.interval };
  const textOf = (...tenants: AppOptions['tenants']) =>
    JSON.stringify({ ...(JSON.parse(fileText(url, { tenants, sync })) as object), instance: `i${mark}` });
  return { emulator, textOf, ...names };
}

const ready = (one: Replica) => vi.waitFor(async () => expect((await one.get('/readyz')).status).toBe(200), patience);
const reads = (emulator: Emulator, tenant: string) => emulator.counts(tenant)['listSubscriptions'] ?? 0;

describe('replicas of the service', { timeout: 4 * PATIENCE_MS }, () => {
  it('share the tenants: the second reads none of those that the first looks after already', async () => {
    const { emulator, textOf, acme, beta } = await shops({ interval: '1h' });
    const text = textOf({ tenant: acme }, { tenant: beta });
    await ready(await replica(text));
    const second = await replica(text);
    await ready(second);
    expect((await second.get(`/api/v1/tenants/${acme}`)).body).toMatchObject({ state: 'in_sync' });
    expect([acme, beta].map((tenant) => reads(emulator, tenant))).toEqual([2, 2]);
  });

  it('go on when one of them ends', async () => {
    const { emulator, textOf, acme } = await shops({ interval: '1s' });
    const text = textOf({ tenant: acme });
    const [first, second] = [await replica(text), await replica(text)];
    await ready(first);
    await first.stop();
    const before = reads(emulator, acme);
    await vi.waitFor(() => expect(reads(emulator, acme)).toBeGreaterThan(before + 2), patience);
    await vi.waitFor(() => expect(second.log.some((line) => line.includes('"in sync"'))).toBe(true), patience);
  });

  it('keep to a pause that another one was told of, and run what another one is asked for', async () => {
    const { emulator, textOf, acme } = await shops({ interval: '1s' });
    const text = textOf({ tenant: acme });
    const [first, second] = [await replica(text), await replica(text)];
    await ready(first);
    expect(await first.post(`/api/v1/tenants/${acme}/pause`)).toBe(200);
    await vi.waitFor(async () => {
      expect((await second.get(`/api/v1/tenants/${acme}`)).body).toMatchObject({ state: 'paused' });
    }, patience);
    const before = reads(emulator, acme);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(reads(emulator, acme)).toBe(before);
    expect(await second.post(`/api/v1/tenants/${acme}/resume`)).toBe(204);
    await vi.waitFor(() => expect(reads(emulator, acme)).toBeGreaterThan(before), patience);
  });

  it('never turn back what a newer file asks for while a file spreads, and revert when the file is reverted', async () => {
    const { emulator, textOf, acme, beta } = await shops({ interval: '1s' });
    const old = textOf({ tenant: acme }, { tenant: beta });
    const [first, second] = [await replica(old), await replica(old)];
    await Promise.all([ready(first), ready(second)]);

    const newer = textOf({ tenant: acme, subscriptions: [{ event: 'product.created' }] }, { tenant: beta });
    expect(await first.change(newer)).toBe('applied');
    await vi.waitFor(() => expect(subscribed(emulator, acme)).toEqual(['product.created']), patience);
    const writes = emulator.counts(acme)['updateSubscriptions'];
    await vi.waitFor(async () => {
      expect((await second.get('/readyz')).body.info?.firstPass?.role).toBe('standby');
    }, patience);
    const before = reads(emulator, acme);
    await vi.waitFor(() => expect(reads(emulator, acme)).toBeGreaterThan(before + 4), patience);
    expect(emulator.counts(acme)['updateSubscriptions']).toBe(writes);

    expect(await second.change(newer)).toBe('applied');
    await vi.waitFor(async () => {
      expect((await second.get('/readyz')).body.info?.firstPass?.role).toBeUndefined();
    }, patience);

    expect(await first.change(old)).toBe('applied');
    await vi.waitFor(() => expect(subscribed(emulator, acme)).toEqual(ORDER_EVENTS), patience);
    expect(await second.change(old)).toBe('applied');
  });

  it('run what one that stands by is asked for, and say so when the newer file does not name the tenant', async () => {
    const { emulator, textOf, acme, beta } = await shops({ interval: '1h' });
    const old = textOf({ tenant: acme }, { tenant: beta });
    const first = await replica(old);
    await ready(first);
    await ready(await replica(textOf({ tenant: acme })));
    const late = await replica(old);
    for (const each of [first, late]) {
      await vi.waitFor(async () => {
        expect((await each.get('/readyz')).body.info?.firstPass?.role).toBe('standby');
      }, patience);
      const before = reads(emulator, acme);
      expect(await each.post(`/api/v1/tenants/${acme}/sync`)).toBe(202);
      await vi.waitFor(() => expect(reads(emulator, acme)).toBeGreaterThan(before), patience);
      expect(await each.post(`/api/v1/tenants/${beta}/sync`)).toBe(404);
      expect(await each.post(`/api/v1/tenants/${beta}/resume`)).toBe(404);
    }
  });

  it('forget a tenant that the file names no longer, everywhere', async () => {
    const { emulator, textOf, acme, beta } = await shops({ interval: '1s' });
    const both = textOf({ tenant: acme }, { tenant: beta });
    const [first, second] = [await replica(both), await replica(both)];
    await Promise.all([ready(first), ready(second)]);
    const one = textOf({ tenant: acme });
    for (const each of [first, second]) expect(await each.change(one)).toBe('applied');
    await vi.waitFor(async () => {
      const [row] = await database.query<{ n: string }>(
        `select (select count(*) from gateway_sync_queue.scheduler where scheduler_id = $1)
              + (select count(*) from gateway_sync.tenant_record where tenant = $1) as n`,
        [beta],
      );
      expect(row?.n).toBe('0');
    }, patience);
    for (const each of [first, second]) {
      expect((await each.get(`/api/v1/tenants/${beta}`)).status).toBe(404);
      expect(await (await fetch(`${each.url}/metrics`)).text()).not.toContain(beta);
    }
    const before = reads(emulator, beta);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(reads(emulator, beta)).toBe(before);
  });

  it('stop in the middle of a start with thousands of tenants, and leave the rest to the next', async () => {
    const many = Array.from({ length: 5_000 }, (_, index) => ({ tenant: `t${index}` }));
    const path = await temporaryFile('shops.yaml', fileText('http://127.0.0.1:9', { tenants: many }));
    const serve = startProgram(['serve', '--config', path], { DATABASE_URL: database.url.reveal(), PORT: '0' });
    const queued = 'select count(*)::int as n from gateway_sync_queue.scheduler where queue = $1';
    const placed = async () => (await database.query<{ n: number }>(queued, ['gateway-sync.reconcile']))[0]?.n ?? NaN;
    await vi.waitFor(async () => expect(await placed()).toBeGreaterThan(50), patience);
    serve.child.kill('SIGTERM');
    const { code, stderr } = await serve.finished;
    expect([code, stderr]).toEqual([0, expect.stringContaining('"stopped"')]);
    expect(await placed()).toBeLessThan(many.length);
    expect(stderr).not.toContain('cannot be brought in line');
  });
});

describe('a start with a file that leaves out most tenants', { timeout: 4 * PATIENCE_MS }, () => {
  it('is withheld while the other replicas go on; the file itself can allow it', async () => {
    const { textOf, acme } = await shops({ interval: '1h' });
    const others = Array.from({ length: 12 }, (_, index) => ({ tenant: `${acme}-${index}` }));
    const first = await replica(textOf(...others));
    await ready(first);

    const few = textOf(...others.slice(0, 2));
    const env = { DATABASE_URL: database.url.reveal(), PORT: '0' };
    const start = async (text: string) =>
      startProgram(['serve', '--config', await temporaryFile('few.yaml', text)], env);
    const withheld = await (await start(few)).finished;
    expect(withheld).toMatchObject({ code: 4, stdout: '' });
    expect(withheld.stderr).toContain('10 of 12 tenants (83.3 %) would no longer be looked after');
    expect(withheld.stderr).toContain('guards: { maxTenantRemovalPercent: 84 }');
    expect((await first.get('/readyz')).body.info?.firstPass).not.toHaveProperty('role');

    const allowed = await start(JSON.stringify({ ...JSON.parse(few), guards: { maxTenantRemovalPercent: 84 } }));
    await servingAt(allowed);
    await vi.waitFor(
      async () => expect((await first.get('/readyz')).body.info?.firstPass).toMatchObject({ role: 'standby' }),
      patience,
    );
    await first.stop();
    allowed.child.kill('SIGTERM');
    expect((await allowed.finished).code).toBe(0);
    // What was let go is forgotten: the next start needs no leave.
    const next = await start(few);
    await servingAt(next);
  });
});
