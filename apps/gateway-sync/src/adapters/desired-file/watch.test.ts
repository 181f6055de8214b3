import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { contentAt } from './contents.js';
import { loadDesiredFile } from './load.js';
import { FileWatch } from './watch.js';

let folder: string;
const path = () => join(folder, 'gateway-sync.yaml');
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-sync-watch-'));
});

/** A look at 10 MB is followed by a rest. */
const PATIENCE = { timeout: 18_000, interval: 5 };
const PERIOD = { everyMs: 5, settleMs: 5 };
const text = (secret = 'x', interval = '5m') =>
  `version: 1\nsync: { interval: ${interval} }\ntenants:\n  - { tenant: acme, credentials: { clientId: i, clientSecret: "${secret}" }, subscriptions: [] }\n`;

/** At once, so that no look finds half of it. */
async function put(file: string, content: string): Promise<void> {
  await writeFile(`${file}.new`, content);
  await rename(`${file}.new`, file);
}

/** Loads a file now and with every reported change; `said` has what each reading came to. */
async function watched(file: string) {
  const contents = new Map<string, string>();
  const said: string[] = [];
  const load = async () => {
    contents.clear();
    try {
      const { sync, tenants } = await loadDesiredFile(file, {}, (name, content) => contents.set(name, content));
      said.push(`${sync.intervalMs} ${tenants[0]?.credentials.clientSecret.reveal()}`);
    } catch {
      said.push('broken');
    }
  };
  await load();
  let looks = 0;
  const watch = new FileWatch({
    contents: () => {
      looks++;
      return contents;
    },
    onChange: load,
    ...PERIOD,
  });
  watch.start();
  onTestFinished(async () => {
    await watch.stop();
    await rm(folder, { recursive: true });
  });
  return {
    said,
    /** Several looks from now. */
    later: () => {
      const until = looks + 2;
      return vi.waitFor(() => expect(looks).toBeGreaterThan(until), PATIENCE);
    },
    /** What the readings came to, once there are so many. */
    told: async (count: number) => {
      await vi.waitFor(() => expect(said.length).toBeGreaterThanOrEqual(count), PATIENCE);
      return said;
    },
    watch,
  };
}

/** Puts files where Kubernetes would: the names lead through `..data` to a folder that is exchanged as a whole. */
async function mounted(files: Readonly<Record<string, string>>, version: number): Promise<void> {
  const data = join(folder, `..version-${version}`);
  await mkdir(data);
  for (const [name, content] of Object.entries(files)) await writeFile(join(data, name), content);
  await symlink(`..version-${version}`, join(folder, '..data_tmp'));
  await rename(join(folder, '..data_tmp'), join(folder, '..data'));
  if (version === 1) for (const name of Object.keys(files)) await symlink(join('..data', name), join(folder, name));
  else await rm(join(folder, `..version-${version - 1}`), { recursive: true });
}

describe('a watched file', () => {
  it('is reported once when it changed, and not at all while it does not', async () => {
    await put(path(), text());
    const { told, later } = await watched(path());
    await later();
    expect(await told(1)).toEqual(['300000 x']);
    await put(path(), text('x', '1m'));
    expect(await told(2)).toEqual(['300000 x', '60000 x']);
    await later();
    expect(await told(2)).toEqual(['300000 x', '60000 x']);
  });

  it('is reported when Kubernetes exchanges the folder behind it, again and again', async () => {
    await mounted({ 'gateway-sync.yaml': text() }, 1);
    const { told } = await watched(path());
    await mounted({ 'gateway-sync.yaml': text('x', '1m') }, 2);
    expect(await told(2)).toEqual(['300000 x', '60000 x']);
    await mounted({ 'gateway-sync.yaml': text('x', '2m') }, 3);
    expect(await told(3)).toEqual(['300000 x', '60000 x', '120000 x']);
  });

  it('is not reported when only the folder is another', async () => {
    await mounted({ 'gateway-sync.yaml': text() }, 1);
    const { told, later } = await watched(path());
    await mounted({ 'gateway-sync.yaml': text() }, 2);
    await later();
    expect(await told(1)).toEqual(['300000 x']);
  });

  it('is reported when a secret that it names was rotated, whether it is a file or a link', async () => {
    await mounted({ password: 'one' }, 1);
    await put(join(folder, 'plain'), 'a');
    const named = text('${file:password}-${file:plain}');
    await put(path(), named);
    const { told } = await watched(path());
    await mounted({ password: 'two' }, 2);
    expect(await told(2)).toEqual(['300000 one-a', '300000 two-a']);
    await put(join(folder, 'plain'), 'b');
    expect(await told(3)).toEqual(['300000 one-a', '300000 two-a', '300000 two-b']);
  });

  it('is reported when a secret appears that was not there', async () => {
    await put(path(), text('${file:late}'));
    const { told } = await watched(path());
    expect(await told(1)).toEqual(['broken']);
    await put(join(folder, 'late'), 'here');
    expect(await told(2)).toEqual(['broken', '300000 here']);
  });

  it('is left to settle while somebody writes it', async () => {
    await put(path(), text());
    const contents = new Map([[path(), await contentAt(path())]]);
    let reported = 0;
    let writes = 0;
    const watch = new FileWatch({
      // A look finds another content each time, as long as somebody writes.
      contents: () => {
        if (writes < 20) contents.set(join(folder, `part ${++writes}`), 'something');
        return contents;
      },
      onChange: async () => {
        reported++;
        contents.clear();
      },
      ...PERIOD,
    });
    watch.start();
    onTestFinished(() => watch.stop());
    await vi.waitFor(() => expect(reported).toBe(1), PATIENCE);
    expect(writes).toBe(20);
  });

  it('that is broken is reported once, and again when it is mended', async () => {
    await put(path(), text());
    const { told, later } = await watched(path());
    await put(path(), 'tenants: [');
    expect(await told(2)).toEqual(['300000 x', 'broken']);
    await later();
    expect(await told(2)).toEqual(['300000 x', 'broken']);
    await put(path(), text());
    expect(await told(3)).toEqual(['300000 x', 'broken', '300000 x']);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['vanishes', () => rm(path())],
    ['becomes a folder', async () => rm(path()).then(() => mkdir(path()))],
    ['grows beyond 10 MB', () => put(path(), '#'.repeat(10 * 1024 * 1024 + 1))],
    ['becomes a link to nowhere', async () => rm(path()).then(() => symlink('nowhere', path()))],
  ])('that %s is reported once, and again when it is back', async (_, damage) => {
    await put(path(), text());
    const { told, later } = await watched(path());
    await damage();
    expect(await told(2)).toEqual(['300000 x', 'broken']);
    await later();
    expect(await told(2)).toEqual(['300000 x', 'broken']);
    await rm(path(), { recursive: true, force: true });
    await put(path(), text());
    expect(await told(3)).toEqual(['300000 x', 'broken', '300000 x']);
  });

  it('of 10 MB is watched like any other', async () => {
    const padding = `#${'x'.repeat(1_000)}\n`.repeat(10_000);
    await put(path(), `${text()}${padding}`);
    const { told } = await watched(path());
    await put(path(), `${text('y')}${padding}`);
    expect(await told(2)).toEqual(['300000 x', '300000 y']);
  });

  it('is not looked at any more once the watch has stopped', async () => {
    await put(path(), text());
    const { told, watch } = await watched(path());
    await watch.stop();
    await put(path(), text('y'));
    expect(await told(1)).toEqual(['300000 x']);
  });
});

it('a file between two references to it is found where it stands, not where the program does', async () => {
  const below = join(folder, 'below');
  await mkdir(below);
  const file = join(below, 'gateway-sync.yaml');
  await put(file, text('${file:../secret}'));
  await put(join(dirname(below), 'secret'), 's');
  const read = new Map<string, string>();
  await loadDesiredFile(file, {}, (name, content) => read.set(name, content));
  expect([...read.keys()]).toEqual([file, join(folder, 'secret')]);
  expect(await contentAt(join(folder, 'secret'))).toBe(read.get(join(folder, 'secret')));
  await rm(folder, { recursive: true });
});
