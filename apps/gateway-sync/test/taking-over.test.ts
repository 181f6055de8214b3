import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createEmulator, type Emulator, type TenantSeed } from '@gateway-sync/emulator';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createGatewayFactory } from '../src/adapters/emporix/index.js';
import { Secret } from '../src/core/secret.js';
import { commandLine } from './support/command-line.js';
import { MemoryStore } from './support/memory-store.js';
import { owned } from './support/values.js';

// dump, adopt and validate --online over HTTP, with the real adapters, for a tenant that was set up by hand.

const { file, command } = commandLine();
const { signal } = new AbortController();
const ENV = { ACME_SECRET: 'acme-secret' };

interface Acme {
  readonly emulator: Emulator;
  readonly url: string;
  readonly path: string;
  readonly run: (...args: string[]) => ReturnType<typeof command>;
  readonly store: MemoryStore;
}

async function acme(seed: Partial<TenantSeed>, more = ''): Promise<Acme> {
  const emulator = createEmulator({ tenants: [{ tenant: 'acme', ...seed }] });
  const server = await emulator.listen({ port: 0 });
  onTestFinished(() => server.close());
  const { url } = server;
  const credentials = '{ clientId: acme-id, clientSecret: "${env:ACME_SECRET}" }';
  const path = await file(
    `  - { tenant: acme, credentials: ${credentials}, svix: { url: "${url}" }, subscriptions: []${more} }\n`,
    `emporix: { baseUrl: "${url}", requestsPerSecond: 1000, timeout: 5s }\n`,
  );
  const store = new MemoryStore();
  return { emulator, url, path, store, run: (...args) => command(args, {}, { store, connect, env: ENV }) };
}

function connect(desired: Parameters<typeof createGatewayFactory>[0]) {
  return createGatewayFactory(desired, { userAgent: 'test' });
}

/** As somebody makes one in the portal. */
async function makeEndpoint({ url }: Acme, endpoint: string): Promise<void> {
  const gateway = connect({
    emporix: { baseUrl: url, requestsPerSecond: 1000, timeoutMs: 5000 },
    svix: { requestsPerSecond: 1000 },
    sync: { intervalMs: 1, maxIntervalMs: 1, jitterPercent: 0, concurrency: 1 },
  }).for({
    tenant: 'acme',
    credentials: { clientId: 'acme-id', clientSecret: new Secret('acme-secret') },
    endpoints: [],
    svix: { url, filterField: 'eventTypes' },
  });
  const fields = { url: endpoint, uid: 'by-hand', eventTypes: ['order.created'] };
  await gateway.endpoints?.write({ type: 'create', fields }, signal);
}

const SUBSCRIPTIONS = [
  { eventType: 'order.created', version: 3, excludedFields: ['mixins'] },
  { eventType: 'product.created' },
];

describe('a tenant that delivers over HTTP', () => {
  const configuration = {
    destinationUrl: 'https://hooks.example/emporix',
    secretKey: 'hunter2-root',
    headers: { 'x-shop': { value: '7' }, 'x-api-key': { value: 'hunter2-header' } },
    eventsConfiguration: [
      { eventType: 'order.created', destinationUrl: 'https://a.example/', name: 'A', excludedFields: [] },
      { eventType: 'product.created', destinationUrl: 'https://b.example/', filter: "$[?(@.a == 'b')]" },
    ],
  };

  test('is dumped without its secrets, and the dump plans to nothing', async () => {
    const configs = [{ code: 'main', provider: 'HTTP', active: true, configuration }];
    const { path, run } = await acme({ subscriptions: SUBSCRIPTIONS, configs });
    const { code, stdout } = await run('dump');
    expect([code, stdout]).toEqual([0, expect.not.stringContaining('hunter2')]);
    expect(stdout).toContain('clientSecret: ${env:ACME_SECRET}\n');
    await writeFile(path, stdout.replace('${env:ACME_X_API_KEY}', 'hunter2-header'));
    expect(await run('plan')).toMatchObject({ code: 0, stdout: expect.stringContaining('in sync, 5 unchanged') });
    expect((await run('dump')).stdout).toBe(stdout);
  });
});

describe('a tenant whose events go through Svix', () => {
  test('is dumped, its endpoint adopted, and planned to nothing', async () => {
    const tenant = await acme({ subscriptions: SUBSCRIPTIONS });
    await makeEndpoint(tenant, 'https://crm.example/hooks');
    const { path, run, store, emulator } = tenant;
    const theirs = owned('order.created', { instance: 'old' });
    await store.ledger.commit('acme', { put: [theirs], forget: [] });

    const dumped = await run('dump', '--output', path, '--force');
    expect(dumped).toMatchObject({ code: 0, stdout: '' });
    const text = await readFile(path, 'utf8');
    expect(text).toContain('    # - uid: crm-example\n');
    expect((await run('plan')).code).toBe(1);

    await writeFile(
      path,
      text
        .replaceAll(/^( +)# ?(- uid| {2})/gm, '$1$2')
        .replace('endpoints: []\n', '')
        .replace(/( +)# Endpoints that.*\n/, '$1endpoints:\n'),
    );
    expect(await run('adopt')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/order\.created \(taken over from old\)[^]*endpoint crm-example \(gets our marks/),
    });
    expect(store.of('acme').rows.every(({ instance }) => instance === 'gateway-sync')).toBe(true);
    expect(await run('plan')).toMatchObject({ code: 0, stdout: expect.stringContaining('in sync') });
    expect(emulator.counts('acme')).not.toHaveProperty('updateSubscriptions');
  });

  test('passes validate --online, with a warning for a destination that does not answer', async () => {
    const receiver = createServer((_, response) => void response.writeHead(204).end());
    receiver.listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    onTestFinished(() => void receiver.close());
    const { port } = receiver.address() as AddressInfo;
    const endpoints = `[{ uid: a, url: "http://127.0.0.1:${port}/", events: all }, { uid: b, url: "http://127.0.0.1:1/", events: all }]`;
    const { run } = await acme({}, `, endpoints: ${endpoints}`);
    expect(await run('validate', '--online')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /✓ credentials.*\n.*✓ scopes.*\n.*✓ catalogue.*\n.*✓ destinations: .* answers HEAD\n.*! destinations: .*ECONNREFUSED.*\n.*✓ svix/,
      ),
    });
  });

  test('does not pass with a key that may only read', async () => {
    const credentials = [{ clientId: 'acme-id', clientSecret: 'acme-secret', scopes: ['webhook.subscription_read'] }];
    const { run } = await acme({ credentials });
    expect(await run('validate', '--online')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('✗ scopes: webhook.subscription_manage missing: plan, dump'),
    });
  });
});
