import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, test } from 'vitest';
import { sendWebhook } from '../src/adapters/webhook-sender.js';
import { globMatcher } from '../src/core/glob.js';
import { Secret } from '../src/core/secret.js';
import { webhookReceiver } from './support/webhook-receiver.js';

const ROOT = new URL('../../../', import.meta.url);
const PAGES = ['README.md', ...readdirSync(new URL('docs/', ROOT)).map((name) => `docs/${name}`)];

const read = (page: string): string => readFileSync(new URL(page, ROOT), 'utf8');
const rows = JSON.parse(read('specs/event-catalog.json')) as readonly { readonly type: string }[]; // its generator writes it so
const catalogue = rows.map(({ type }) => type);

test('every event type in the README and in docs is one of the catalogue', () => {
  // How names of event types end tells them from other names with a dot.
  const endings = new Set(catalogue.flatMap((type) => type.match(/[a-z]+ed$/) ?? []));
  const name = new RegExp(`(?<![\\w./*-])[a-z][a-z-]*\\.(?:[a-z-]+-)?(?:${[...endings].join('|')})(?![\\w.(*-])`, 'g');
  const named = PAGES.flatMap((page) => [...read(page).matchAll(name)].map(([type]) => `${page}: ${type}`));
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((one) => !catalogue.includes(one.split(': ')[1] ?? ''))).toEqual([]);
});

test('every event type and glob that an example of a file subscribes is or matches one of the catalogue', () => {
  const wanted = PAGES.flatMap((page) =>
    [...read(page).matchAll(/\bevent: "?([a-z][a-z.*-]*)/g)].map(([, pattern = '']) => ({ page, pattern })),
  );
  expect(wanted.length).toBeGreaterThan(10);
  expect(wanted.filter(({ pattern }) => !catalogue.some(globMatcher(pattern)))).toEqual([]);
});

describe('the check of a signature in docs/quota.md', () => {
  const SECRET = `whsec_${Buffer.from('a key of at least twenty-four bytes').toString('base64')}`;
  type Check = (headers: IncomingHttpHeaders, body: string, secret: string) => boolean;

  /** The example as it stands there. */
  async function documented(): Promise<Check> {
    const code = /```js\n(import [^]*?)```/.exec(read('docs/quota.md'))?.[1] ?? '';
    const module = code.replaceAll(/from '(@[^']+)'/g, (_, name: string) => `from '${import.meta.resolve(name)}'`);
    const { isGenuine } = (await import(`data:text/javascript,${encodeURIComponent(module)}`)) as { isGenuine: Check }; // the example exports it
    return isGenuine;
  }

  /** What a receiver gets from the service. */
  async function notification(now = Date.now()) {
    const receiver = await webhookReceiver((_, response) => response.writeHead(204).end());
    const tools = { clock: { now: () => now }, userAgent: 'gateway-sync/1', signal: new AbortController().signal };
    const target = { url: receiver.url, secret: new Secret(SECRET), timeoutMs: 5_000 };
    await sendWebhook(target, { id: 'msg_1', payload: { type: 'quota.exhausted' } }, tools);
    const [{ headers, body } = { headers: {}, body: '' }] = receiver.received;
    return { headers, body };
  }

  test('takes what the service sends', async () => {
    const { headers, body } = await notification();
    expect((await documented())(headers, body, SECRET)).toBe(true);
  });

  test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('refuses what has no %s', async (name) => {
    const { headers, body } = await notification();
    expect((await documented())({ ...headers, [name]: undefined }, body, SECRET)).toBe(false);
  });

  test('refuses another body, another secret, and what is old', async () => {
    const isGenuine = await documented();
    const { headers, body } = await notification();
    const old = await notification(Date.now() - 301_000);
    const other = `whsec_${Buffer.from('another key of twenty-four bytes').toString('base64')}`;
    expect([
      isGenuine(headers, `${body} `, SECRET),
      isGenuine(headers, body, other),
      isGenuine({ ...headers, 'webhook-timestamp': 'soon' }, body, SECRET),
      isGenuine(old.headers, old.body, SECRET),
    ]).toEqual([false, false, false, false]);
  });
});
