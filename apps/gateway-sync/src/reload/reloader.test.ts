import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadDesiredFile } from '../adapters/desired-file/load.js';
import type { FileChange } from '../core/file-change.js';
import { Secret } from '../core/secret.js';
import { Reloader, type ReloaderOptions } from './reloader.js';

const NOW = 1_795_570_292_000;

const tenants = (count: number, secret: string) =>
  Array.from(
    { length: count },
    (_, index) =>
      `  - { tenant: t${index}, credentials: { clientId: i, clientSecret: "${secret}" }, subscriptions: [{ event: a.b }] }\n`,
  ).join('');
const text = (count: number, { top = '', secret = 'top-s3cret' } = {}) =>
  `version: 1\n${top}tenants:\n${tenants(count, secret)}`;

/** A reloader of a real file that says `first` at the start, and what it did. */
async function started(first: string, overrides: Partial<ReloaderOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-sync-reload-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'g.yaml');
  const put = async (content: string, name = path) => {
    await writeFile(join(folder, 'new'), content);
    await rename(join(folder, 'new'), join(folder, name === path ? 'g.yaml' : name));
  };
  await put('from a file', 'secret');
  await put(first);
  const contents = new Map<string, string>();
  const applied: FileChange[] = [];
  const loaded: [boolean, number][] = [];
  const lines: string[] = [];
  let now = NOW;
  const reloader = new Reloader({
    file: await loadDesiredFile(path, {}, (name, content) => contents.set(name, content)),
    contents,
    load: (onRead) => loadDesiredFile(path, {}, onRead),
    apply: async (_, change) => void applied.push(change),
    key: new Secret('a key'),
    metrics: { fileLoaded: (successful, at) => loaded.push([successful, at]) },
    logger: pino(
      { base: null, timestamp: false },
      new Writable({ write: (line, _, done) => (lines.push(String(line)), done()) }),
    ),
    clock: { now: () => now++ },
    ...overrides,
  });
  /** The log without the folder of this test. */
  const logged = () => lines.map((line) => JSON.parse(line.replaceAll(folder, '')));
  return { reloader, put, path, folder, applied, loaded, lines, logged };
}

const UNTOUCHED: FileChange = { added: [], removed: [], changed: [], settings: [] };

describe('a reload', () => {
  it('of the same text changes nothing and counts as a success', async () => {
    const { reloader, applied, loaded } = await started(text(2));
    expect(reloader.last).toBeUndefined();
    expect(await reloader.reload('signal')).toEqual({ type: 'unchanged', cause: 'signal', at: NOW });
    expect(reloader.last).toEqual({ type: 'unchanged', cause: 'signal', at: NOW });
    expect([applied, loaded]).toEqual([[], [[true, NOW]]]);
  });

  it('puts a changed file in force, and says in one line what that means', async () => {
    const { reloader, put, applied, logged } = await started(text(2));
    await put(text(30, { top: 'sync: { concurrency: 3 }\n' }));
    const added = Array.from({ length: 28 }, (_, index) => `t${index + 2}`);
    const change = { added, removed: [], changed: [], settings: ['sync'] };
    expect(await reloader.reload('watch')).toEqual({ type: 'applied', change, cause: 'watch', at: NOW });
    expect(applied).toEqual([change]);
    expect(reloader.file.sync.concurrency).toBe(3);
    expect(logged()).toEqual([
      {
        level: 30,
        cause: 'watch',
        file: '/g.yaml',
        tenants: 30,
        added: { count: 28, tenants: added.slice(0, 20) },
        removed: { count: 0, tenants: [] },
        changed: { count: 0, tenants: [] },
        settings: ['sync'],
        msg: 'the file was read again and is in force',
      },
    ]);
  });

  it('of a file with another comment takes it up too, because places have moved', async () => {
    const { reloader, put, applied } = await started(text(1));
    await put(`# a comment\n${text(1)}`);
    expect(await reloader.reload('watch')).toMatchObject({ type: 'applied', change: UNTOUCHED });
    expect(applied).toEqual([UNTOUCHED]);
    expect(reloader.file.tenants[0]?.place).toMatch(/:4:5$/);
  });

  it('notices a rotated secret, and shows none', async () => {
    const { reloader, put, lines } = await started(text(2, { secret: '${file:secret}' }));
    await put('an0ther-s3cret', 'secret');
    const outcome = await reloader.reload('watch');
    expect(outcome).toMatchObject({ type: 'applied', change: { ...UNTOUCHED, changed: ['t0', 't1'] } });
    expect(JSON.stringify([outcome, lines, [...reloader.contents]])).not.toContain('s3cret');
  });

  it('of a broken file keeps the last good one, and names every problem with its place', async () => {
    const { reloader, put, applied, loaded, logged } = await started(text(1));
    const before = reloader.file;
    await put(`version: 2\nextra: 1\n${text(1).slice('version: 1\n'.length)}`);
    const outcome = await reloader.reload('watch');
    expect(outcome).toMatchObject({
      type: 'invalid',
      cause: 'watch',
      at: NOW,
      problems: [{ path: 'version', message: 'must be 1' }, { path: 'extra' }],
    });
    expect(reloader.file).toBe(before);
    expect([reloader.last, applied, loaded]).toEqual([outcome, [], [[false, NOW]]]);
    expect(logged().map(({ level, place, msg }) => [level, place, msg])).toEqual([
      [50, '/g.yaml:1:10', 'must be 1'],
      [50, '/g.yaml:2:1', 'there is no key extra here'],
      [50, undefined, 'the file is not taken up because of these problems; the one before stays in force'],
    ]);

    await reloader.reload('watch');
    expect([reloader.rejectedSince, reloader.last?.at]).toEqual([NOW, NOW + 1]);

    await put(text(1));
    expect(await reloader.reload('watch')).toEqual({ type: 'unchanged', cause: 'watch', at: NOW + 2 });
    expect(loaded.at(-1)).toEqual([true, NOW + 2]);
    expect(reloader.rejectedSince).toBeUndefined();
  });

  it('of a file that is gone keeps the last good one', async () => {
    const { reloader, path, loaded } = await started(text(1));
    await rm(path);
    expect(await reloader.reload('api')).toMatchObject({
      type: 'invalid',
      problems: [{ message: 'cannot be read (ENOENT)' }],
    });
    expect([reloader.file.tenants.length, loaded]).toEqual([1, [[false, NOW]]]);
    expect([...reloader.contents.values()]).toEqual(['ENOENT']);
  });

  it('that loses too many tenants is withheld until the file allows it', async () => {
    const { reloader, put, applied, loaded, logged } = await started(text(20));
    await put(text(5));
    const outcome = await reloader.reload('watch');
    const allow = 'write at the top of the file:  guards: { maxTenantRemovalPercent: 75 }';
    expect(outcome).toMatchObject({ type: 'withheld', verdicts: [{ guard: 'tenant-removal', allow }] });
    expect(reloader.file.tenants).toHaveLength(20);
    expect([applied, loaded]).toEqual([[], [[false, NOW]]]);
    expect(logged()).toMatchObject([{ level: 50, guard: 'tenant-removal', allow, removed: { count: 15 } }]);

    await put(text(5, { top: 'guards: { maxTenantRemovalPercent: 75 }\n' }));
    expect(await reloader.reload('watch')).toMatchObject({ type: 'applied', change: { settings: ['guards'] } });
    expect(reloader.file.tenants).toHaveLength(5);
  });

  it('never changes the instance', async () => {
    const { reloader, put } = await started(text(1));
    await put(text(1, { top: 'instance: other\n' }));
    expect(await reloader.reload('watch')).toMatchObject({
      type: 'withheld',
      verdicts: [{ guard: 'other-instance', allow: expect.stringContaining('restart') }],
    });
  });

  it('that cannot be carried out leaves the file as it was, and may succeed the next time', async () => {
    const failures = [new Error('out of order')];
    const { reloader, put, loaded } = await started(text(1), {
      apply: async () => {
        const failure = failures.pop();
        if (failure) throw failure;
      },
    });
    await put(text(2));
    expect(await reloader.reload('watch')).toMatchObject({ type: 'failed', error: { message: 'out of order' } });
    expect(reloader.file.tenants).toHaveLength(1);
    expect(await reloader.reload('signal')).toMatchObject({ type: 'applied', change: { added: ['t1'] } });
    expect(loaded.map(([successful]) => successful)).toEqual([false, true]);
  });
});

describe('reloads at the same time', () => {
  it('run one after the other; whoever asks during one shares the next, which sees what was written meanwhile', async () => {
    let entered = Promise.withResolvers<void>();
    let gate = Promise.withResolvers<void>();
    const { reloader, put } = await started(text(1), {
      apply: async () => {
        entered.resolve();
        await gate.promise;
      },
    });
    /** Three ask; the file has `count` tenants for the first of them and one more for the others. */
    const asked = async (count: number) => {
      entered = Promise.withResolvers();
      gate = Promise.withResolvers();
      await put(text(count));
      const first = reloader.reload('watch');
      await entered.promise;
      await put(text(count + 1));
      const others = [reloader.reload('signal'), reloader.reload('api')];
      gate.resolve();
      return Promise.all([first, ...others]);
    };
    for (const count of [2, 4]) {
      const next = { type: 'applied', cause: 'signal', change: { added: [`t${count}`] } };
      expect(await asked(count)).toMatchObject([
        { type: 'applied', cause: 'watch', change: { added: [`t${count - 1}`] } },
        next,
        next,
      ]);
    }
    expect(await reloader.reload('api')).toMatchObject({ type: 'unchanged', cause: 'api' });
  });
});
