import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type * as Load from '../src/adapters/desired-file/load.js';
import type * as LoadAside from '../src/adapters/desired-file/load-aside.js';
import { desiredHash } from '../src/core/desired-hash.js';
import { Secret } from '../src/core/secret.js';

/** As built: a thread cannot be started from the sources. */
const dist = new URL('../dist/', import.meta.url).href;
const { loadAside } = (await import(`${dist}adapters/desired-file/load-aside.js`)) as typeof LoadAside;
const { loadDesiredFile } = (await import(`${dist}adapters/desired-file/load.js`)) as typeof Load;
const { Secret: BuiltSecret } = (await import(`${dist}core/secret.js`)) as { readonly Secret: typeof Secret };

const TENANTS = 3_000;
const ENV = { SECRET: 'from-the-env' };

const tenantText = (index: number) => `  - tenant: t${index}
    credentials: { clientId: id, clientSecret: "\${env:SECRET}" }
    endpoints:
      - uid: e${index}
        url: https://shop.example/hook
        headers: { Authorization: { value: "\${file:header}", secret: true } }
        events: [order.created]
`;

async function largeFile(head: string, more = ''): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-sync-large-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'g.yaml');
  await writeFile(join(folder, 'header'), 'from-a-file');
  await writeFile(
    path,
    `${head}defaults: { subscriptions: [] }\ntenants:\n${Array.from({ length: TENANTS }, (_, i) => tenantText(i)).join('')}${more}`,
  );
  return path;
}

describe('a large file', () => {
  it('says in a thread of its own what it says without, secrets, references and places included', async () => {
    const notify = `notify: { url: https://ops.example/in, secret: whsec_${Buffer.alloc(24).toString('base64')} }`;
    const path = await largeFile(`version: 1\n${notify}\n`);
    const [read, readAside] = [new Map<string, string>(), new Map<string, string>()];
    const file = await loadDesiredFile(path, ENV, (name, content) => read.set(name, content));
    const aside = await loadAside(path, ENV, (name, content) => readAside.set(name, content));
    expect(aside.tenants).toHaveLength(TENANTS);
    expect(aside).toEqual(file);
    expect(aside.tenants[7]?.credentials.clientSecret).toBeInstanceOf(BuiltSecret);
    expect(aside.tenants[7]?.credentials.clientSecret.reveal()).toBe('from-the-env');
    expect(revealed(aside)).toBe(revealed(file));
    expect(revealed(aside)).toContain('from-a-file');
    expect([...readAside]).toEqual([...read]);
  });

  it('has what its lock file says', async () => {
    const path = await largeFile('version: 1\n', tenantText(TENANTS).replace('endpoints', 'lock: true\n    endpoints'));
    const globs = { tenants: [`t${TENANTS}`], globs: { 'order.*': ['order.created'] } };
    await writeFile(join(path, '../g.lock.json'), JSON.stringify({ version: 1, blocks: [globs] }));
    const read: string[] = [];
    const aside = await loadAside(path, ENV, (name) => read.push(name));
    expect(aside.tenants.at(-1)?.lock).toEqual(new Map([['order.*', ['order.created']]]));
    expect(aside).toEqual(await loadDesiredFile(path, ENV));
    expect(read).toContain(join(path, '../g.lock.json'));
  });

  it('names what is wrong with it', async () => {
    const path = await largeFile('version: 2\nextra: 1\n');
    const problems = { name: 'ConfigError', problems: [{ path: 'version' }, { path: 'extra', place: `${path}:2:1` }] };
    await expect(loadAside(path, ENV)).rejects.toMatchObject(problems);
    await expect(loadDesiredFile(path, ENV)).rejects.toMatchObject(problems);
  });

  it('is read while everything else goes on', async () => {
    const path = await largeFile('version: 1\n');
    let turns = 0;
    const turning = setInterval(() => (turns += 1), 1);
    await loadAside(path, ENV);
    clearInterval(turning);
    expect(turns).toBeGreaterThan(20);
  });
});

/** Everything, secrets too. */
function revealed(file: object): string {
  const plain = JSON.stringify(file, function replaced(this: Record<string, unknown>, name, value) {
    const original = this[name];
    return original instanceof BuiltSecret ? original.reveal() : (value as unknown);
  });
  return `${desiredHash(file, new Secret('key'))} ${plain}`;
}
