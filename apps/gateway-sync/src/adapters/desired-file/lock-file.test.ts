import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contentOf } from './contents.js';
import { loadDesiredFile } from './load.js';
import { lockPathOf, loadLocks, saveLocks } from './lock-file.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-sync-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function written(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const line = (tenant: string, more = '') =>
  `  - { tenant: ${tenant}, credentials: { clientId: i, clientSecret: s }, subscriptions: [{ event: "a.*" }]${more} }\n`;
const shops = (tenants: string, head = '') => written('shops.yaml', `version: 1\n${head}tenants:\n${tenants}`);
const LOCK = '{ "version": 1, "blocks": [{ "tenants": ["acme", "gone"], "globs": { "a.*": ["a.x"] } }] }';
const locked = new Map([['a.*', ['a.x']]]);

test('the lock of a file stands beside it', () => {
  expect(['/etc/shops.yaml', 'shops.json', 'a.b.yml', 'shops'].map(lockPathOf)).toEqual([
    '/etc/shops.lock.json',
    'shops.lock.json',
    'a.b.lock.json',
    'shops.lock.json',
  ]);
});

describe('a file with lock: true', () => {
  test('has what the lock file says of each tenant, and nothing locked of one that is not in it', async () => {
    await written('shops.lock.json', LOCK);
    const file = await loadDesiredFile(
      await shops(line('acme') + line('beta') + line('gamma', ', lock: false'), 'defaults: { lock: true }\n'),
      {},
    );
    expect(file.tenants.map(({ tenant, lock }) => [tenant, lock])).toEqual([
      ['acme', locked],
      ['beta', new Map()],
      ['gamma', undefined],
    ]);
  });

  test('tells the watch of its lock file, of one that is not there too', async () => {
    const read = new Map<string, string>();
    const path = await shops(line('acme', ', lock: true'));
    await loadDesiredFile(path, {}, (name, content) => read.set(name, content));
    expect(read.get(join(folder, 'shops.lock.json'))).toBe('ENOENT');
    await written('shops.lock.json', LOCK);
    await loadDesiredFile(path, {}, (name, content) => read.set(name, content));
    expect(read.get(join(folder, 'shops.lock.json'))).toBe(contentOf(Buffer.from(LOCK)));
  });

  test('is not valid with a lock file that is broken or cannot be read', async () => {
    const path = await shops(line('acme', ', lock: true'));
    const lock = await written('shops.lock.json', '{');
    await expect(loadDesiredFile(path, {})).rejects.toMatchObject({ problems: [{ message: 'is not JSON' }] });
    await rm(lock);
    await symlink(folder, lock);
    await expect(loadDesiredFile(path, {})).rejects.toMatchObject({
      problems: [{ place: lock, message: 'cannot be read (EISDIR)', remedy: 'let gateway-sync read it' }],
    });
  });
});

test('a file without lock: true does not ask for its lock file', async () => {
  await written('shops.lock.json', '{');
  const read: string[] = [];
  const path = await shops(line('acme'));
  const file = await loadDesiredFile(path, {}, (name) => read.push(name));
  expect([file.tenants[0]?.lock, read]).toEqual([undefined, [path]]);
});

describe('a lock file that is written', () => {
  test('is read back, and anybody may read it', async () => {
    const path = join(folder, 'shops.lock.json');
    await saveLocks(path, new Map([['acme', locked]]));
    expect(await loadLocks(path)).toEqual(new Map([['acme', locked]]));
    expect((await stat(path)).mode & 0o444).toBe(0o444);
  });

  test('is not written when it would be too large to be read', async () => {
    const path = join(folder, 'shops.lock.json');
    const long = 'x'.repeat(11 * 1024 * 1024);
    await expect(saveLocks(path, new Map([[long, locked]]))).rejects.toMatchObject({
      code: 'larger than 10 MB; split the tenants over several files',
    });
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });

  test('keeps the permissions and the link of the one before', async () => {
    const real = await written('real.json', LOCK);
    await chmod(real, 0o640);
    const path = join(folder, 'shops.lock.json');
    await symlink('real.json', path);
    await saveLocks(path, new Map());
    expect([await readFile(real, 'utf8'), (await stat(real)).mode & 0o777]).toEqual([
      '{\n  "version": 1,\n  "blocks": []\n}\n',
      0o640,
    ]);
  });
});
