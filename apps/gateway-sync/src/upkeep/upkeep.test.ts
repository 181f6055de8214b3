import { Readable } from 'node:stream';
import { MemoryQuotaLog } from '../adapters/memory-quota-log.js';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { fileText, type TenantText } from '../../test/support/app.js';
import { ManualSchedule } from '../../test/support/manual-schedule.js';
import { parseDesiredFile } from '../adapters/desired-file/parse.js';
import { MemoryOutbox } from '../adapters/memory-outbox.js';
import { MemoryRecords } from '../adapters/memory-records.js';
import { LedgerError } from '../core/errors.js';
import type { AnnouncedFile, Replicas, Standing } from '../core/replica-ports.js';
import { Secret } from '../core/secret.js';
import { Metrics } from '../metrics/metrics.js';
import { Notifier } from '../notify/notifier.js';
import { QuotaWatch } from '../quota/quota-watch.js';
import { Fleet } from '../reconcile/fleet.js';
import { Gateways } from '../reconcile/gateways.js';
import { Upkeep } from './upkeep.js';

const LEADING: Standing = { role: 'leading', generation: 2, replicas: 1 };
const BEHIND: Standing = { role: 'behind', generation: 1, replicas: 2 };

const STARTED = { readAt: 1_000, reloaded: false };
const RELOADED = { readAt: 2_000, reloaded: true };

/** Replicas as the test says; a standing that is an error is thrown. */
class ScriptedReplicas implements Replicas {
  standing: Standing | Error = LEADING;
  readonly announced: AnnouncedFile[] = [];
  beats = 0;
  left = false;

  async announce(file: AnnouncedFile): Promise<Standing> {
    this.announced.push(file);
    return this.#answer();
  }

  async beat(): Promise<Standing> {
    this.beats++;
    return this.#answer();
  }

  async leave(): Promise<void> {
    this.left = true;
  }

  #answer(): Standing {
    if (this.standing instanceof Error) throw this.standing;
    return this.standing;
  }
}

const noFiles = () => {
  throw new Error('no files in this test');
};

function fileOf(...tenants: TenantText[]) {
  return parseDesiredFile(fileText('http://127.0.0.1:9', { tenants }), 'shops.yaml', { env: {}, readFile: noFiles });
}

function stage() {
  const schedule = new ManualSchedule();
  const quotaSchedule = new ManualSchedule();
  const replicas = new ScriptedReplicas();
  const records = new MemoryRecords();
  const metrics = new Metrics({ version: '0', revision: '0' }, { now: () => 0 });
  const lines: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const clock = { now: Date.now };
  const shared = { logger, clock, random: () => 0.5 };
  const fleet = new Fleet({
    ...shared,
    schedule,
    records,
    metrics,
    newId: () => 'r-1',
    actor: 'host:1',
  });
  const outbox = new MemoryOutbox(clock);
  const key = new Secret('k'.repeat(32));
  const upkeep = new Upkeep({
    gateways: new Gateways({ userAgent: 'test', metrics, key }),
    fleet,
    quotaWatch: new QuotaWatch({ ...shared, schedule: quotaSchedule, fleet, log: new MemoryQuotaLog() }),
    notifier: new Notifier({ ...shared, outbox, metrics, newId: () => 'n-1', userAgent: 'test' }),
    replicas,
    metrics,
    key,
    logger,
    beatMs: 5,
  });
  onTestFinished(() => upkeep.stop(0));
  const scheduled = () => ({ reconcile: schedule.tenants, quota: quotaSchedule.tenants, held: schedule.held });
  return { upkeep, replicas, scheduled, lines, schedule, quotaSchedule, records, metrics };
}

describe('the service', () => {
  it('takes up its file and schedules its tenants', async () => {
    const { upkeep, replicas, scheduled } = stage();
    await upkeep.take(fileOf({ tenant: 'acme' }), STARTED);
    expect(scheduled()).toEqual({ reconcile: ['acme'], quota: ['acme'], held: false });
    expect(replicas.announced).toMatchObject([STARTED]);
  });

  it('announces a reloaded file as the newest; the same text at other places is the same file', async () => {
    const { upkeep, replicas, scheduled } = stage();
    await upkeep.take(fileOf({ tenant: 'acme' }), STARTED);
    await upkeep.take(fileOf({ tenant: 'acme' }, { tenant: 'beta' }), RELOADED);
    await upkeep.take(fileOf({ tenant: 'acme' }), RELOADED);
    expect(scheduled()).toEqual({ reconcile: ['acme'], quota: ['acme'], held: false });
    const [first, second, third] = replicas.announced;
    expect(second).toMatchObject(RELOADED);
    expect([second?.hash === first?.hash, third?.hash === first?.hash]).toEqual([false, true]);
  });

  it('stands by while another replica has a newer file, says so once, and goes on when that is gone', async () => {
    const { upkeep, replicas, scheduled, lines } = stage();
    replicas.standing = BEHIND;
    await upkeep.take(fileOf({ tenant: 'acme' }), STARTED);
    expect(scheduled()).toEqual({ reconcile: [], quota: [], held: true });
    await vi.waitFor(() => expect(replicas.beats).toBeGreaterThan(3));
    expect(lines.filter((line) => line.includes('standing by'))).toHaveLength(1);
    replicas.standing = LEADING;
    await vi.waitFor(() => expect(scheduled()).toEqual({ reconcile: ['acme'], quota: ['acme'], held: false }));
    expect(lines.filter((line) => line.includes('newest again'))).toHaveLength(1);
  });

  it('arranges with a later beat what it could not while the database was away', async () => {
    const { upkeep, replicas, scheduled, lines } = stage();
    replicas.standing = new LedgerError('no connection', { transient: true });
    await upkeep.take(fileOf({ tenant: 'acme' }), STARTED);
    await vi.waitFor(() => expect(replicas.announced.length).toBeGreaterThan(3));
    expect(scheduled().reconcile).toEqual([]);
    replicas.standing = LEADING;
    await vi.waitFor(() => expect(scheduled()).toEqual({ reconcile: ['acme'], quota: ['acme'], held: false }));
    expect(lines.filter((line) => line.includes('no connection'))).toHaveLength(1);
  });

  it('keeps what it has when the database is lost later', async () => {
    const { upkeep, replicas, scheduled } = stage();
    await upkeep.take(fileOf({ tenant: 'acme' }), STARTED);
    replicas.standing = new LedgerError('no connection', { transient: true });
    const { beats } = replicas;
    await vi.waitFor(() => expect(replicas.beats).toBeGreaterThan(beats + 2));
    expect(scheduled()).toEqual({ reconcile: ['acme'], quota: ['acme'], held: false });
  });

  it('asks with a later beat for what a change of the file calls for, where it could not read what is kept', async () => {
    const { upkeep, replicas, records, schedule, quotaSchedule } = stage();
    await records.keepQuotaState('acme', { at: 1, judgedBy: 'another policy' });
    const changes = records.changes.bind(records);
    records.changes = () => Promise.reject(new LedgerError('no connection', { transient: true }));
    await upkeep.take(fileOf({ tenant: 'acme' }), STARTED);
    expect([schedule.held, quotaSchedule.tenants, quotaSchedule.requests]).toEqual([false, ['acme'], []]);
    records.changes = changes;
    const asked = { tenant: 'acme', wish: { trigger: 'config', afterMs: 0 } };
    await vi.waitFor(() => expect(quotaSchedule.requests).toEqual([asked]));
    const { beats } = replicas;
    await vi.waitFor(() => expect(replicas.beats).toBeGreaterThan(beats + 2));
    expect(quotaSchedule.requests).toEqual([asked]);
  });

  it('forgets what a run of a tenant that is gone leaves late, unless another replica may look after it', async () => {
    const { upkeep, replicas, records } = stage();
    const pause = { at: 1, by: 'somebody' };
    const kept = async () => (await records.changes()).rows.map(({ tenant }) => tenant);
    await upkeep.take(fileOf({ tenant: 'acme' }), STARTED);
    await records.pause('beta', pause);
    await vi.waitFor(async () => expect(await kept()).toEqual([]));

    replicas.standing = BEHIND;
    await records.pause('beta', pause);
    const { beats } = replicas;
    await vi.waitFor(() => expect(replicas.beats).toBeGreaterThan(beats + 3));
    expect(await kept()).toEqual(['beta']);
  });

  it('shows in its gauges how many replicas there are, and whether this one leads', async () => {
    const { upkeep, replicas, metrics } = stage();
    const shown = async () => {
      return (await text(Readable.from(metrics.text())))
        .split('\n')
        .filter((line) => /^gateway_sync_replica(s|_leading) /.test(line));
    };
    await upkeep.take(fileOf({ tenant: 'acme' }), STARTED);
    expect(await shown()).toEqual(['gateway_sync_replicas 1', 'gateway_sync_replica_leading 1']);
    replicas.standing = BEHIND;
    await vi.waitFor(async () =>
      expect(await shown()).toEqual(['gateway_sync_replicas 2', 'gateway_sync_replica_leading 0']),
    );
  });

  it('leaves the others when it stops, and beats no more', async () => {
    const { upkeep, replicas } = stage();
    await upkeep.take(fileOf({ tenant: 'acme' }), STARTED);
    await upkeep.stop(0);
    const { beats } = replicas;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect({ left: replicas.left, beats: replicas.beats }).toEqual({ left: true, beats });
  });
});
