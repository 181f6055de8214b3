import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { readAnswer, type Answer } from './support.js';

// The program as people start it; `pnpm test` builds it first.
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** Starts the program and waits for the line that names its URL. */
async function startProgram(env: Readonly<Record<string, string>>, ...args: readonly string[]) {
  if (!existsSync(MAIN)) throw new Error('not built yet: run `pnpm --filter @gateway-sync/emulator build`');
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const found = /http:\/\/\S+:\d+/.exec(output)?.[0];
      if (found !== undefined) resolve(found);
    });
    child.stderr.on('data', (chunk: Buffer) => void (output += chunk.toString()));
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${output}`)));
  });
  return { child, url };
}

test('any client can work with the program by HTTP alone', async () => {
  const { child, url } = await startProgram({ PORT: '0' });
  const form = {
    grant_type: 'client_credentials',
    client_id: 'shop-id',
    client_secret: 'shop-secret',
    scope: 'tenant=shop webhook.subscription_read webhook.subscription_manage',
  };
  const granted = await fetch(`${url}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) }).then(
    readAnswer,
  );
  expect(granted).toMatchObject({
    status: 200,
    body: { token_type: 'Bearer', expires_in: 14_399, scope: expect.stringMatching(/tenant=shop$/) },
  });
  const authorization = `Bearer ${Object(granted.body).access_token}`;
  const call = (method: string, path: string, body?: unknown): Promise<Answer> =>
    fetch(url + path, {
      method,
      headers: { authorization, 'content-type': 'application/json', 'emporix-tenant': 'shop' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).then(readAnswer);

  expect((await call('GET', '/webhook/shop/event-subscriptions')).body).toHaveLength(81);
  const items = [
    { eventType: 'order.created', action: 'SUBSCRIBE', metadata: { version: 1 } },
    { eventType: 'product.updated', action: 'SUBSCRIBE', fieldsToUnsubscribe: ['mixins'] },
  ];
  expect(await call('PATCH', '/webhook/shop/event-subscriptions', items)).toMatchObject({
    status: 207,
    body: [{ code: 200 }, { code: 200 }],
  });
  await call('POST', '/_emulator/tenants/shop/foreign-write', { eventType: 'order.created' });
  expect(
    (await call('PATCH', '/webhook/shop/event-subscriptions', [{ ...items[0], action: 'UNSUBSCRIBE' }])).body,
  ).toMatchObject([{ code: 409, status: 'CONFLICT' }]);
  expect((await call('POST', '/_emulator/tenants/shop/events', { type: 'product.updated' })).body).toMatchObject({
    outcome: 'handed-to-svix',
    usage: { used: 1 },
  });
  expect((await call('GET', '/webhook/shop/statistics')).body).toMatchObject({
    monthStatistics: [{ succesfullySentWebhooks: 1 }],
    webhooksLimit: 10_000,
  });
  expect((await call('GET', '/_emulator/requests/counts?tenant=shop')).body).toEqual({
    counts: { requestToken: 1, listSubscriptions: 1, updateSubscriptions: 2, getStatistics: 1 },
  });

  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('the program ends cleanly on SIGINT, even with a call that hangs', async () => {
  const { child, url } = await startProgram({}, '--port', '0');
  await fetch(`${url}/_emulator/faults`, { method: 'POST', body: JSON.stringify({ kind: 'hang' }) });
  const hanging = fetch(`${url}/webhook/shop/config`);
  hanging.catch(() => undefined);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([0, null]);
  await expect(hanging).rejects.toThrow('fetch failed');
});

test('the program says why it cannot start', async () => {
  const { url } = await startProgram({ PORT: '0' });
  await expect(startProgram({ PORT: new URL(url).port })).rejects.toThrow(/ended with 1: emulator: .*EADDRINUSE/);
  await expect(startProgram({ PORT: 'x' })).rejects.toThrow('ended with 1: emulator: port: must be a number');
});
