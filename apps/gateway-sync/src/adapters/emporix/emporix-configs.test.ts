import { createEmulator, type Emulator, type Quirks } from '@gateway-sync/emulator';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ConfigWrite } from '../../core/delivery.js';
import { ConflictError, RejectedError, UnavailableError, UnreachableError } from '../../core/errors.js';
import type { Gateway } from '../../core/ports.js';
import { Secret } from '../../core/secret.js';
import { createGatewayFactory } from './index.js';

const { signal } = new AbortController();
const ENTRY = '/configuration/http/eventsConfigurationEntry';
const CLOSED = 'http://127.0.0.1:1/hook';

interface Acme {
  readonly gateway: Gateway;
  readonly emulator: Emulator;
  /** What the service has stored, with secrets. */
  readonly stored: () => unknown;
}

/** A tenant with the shared Svix account active, and what `configs` adds. */
async function acme(quirks: Partial<Quirks> = {}, configs: readonly object[] = []): Promise<Acme> {
  const shared = { code: 'svix_shared', provider: 'SVIX_SHARED', active: true };
  const emulator = createEmulator();
  emulator.seed({ tenant: 'acme', configs: [shared, ...configs].map((config) => ({ ...shared, ...config })) });
  emulator.setQuirks(quirks);
  const server = await emulator.listen({ port: 0 });
  onTestFinished(() => server.close());
  const gateway = createGatewayFactory(
    {
      emporix: { baseUrl: server.url, requestsPerSecond: 100, timeoutMs: 2_000 },
      svix: { requestsPerSecond: 100 },
      sync: { intervalMs: 1, maxIntervalMs: 1, jitterPercent: 0, concurrency: 1 },
    },
    { userAgent: 'test' },
  ).for({
    tenant: 'acme',
    svix: { filterField: 'eventTypes' },
    credentials: { clientId: 'acme-id', clientSecret: new Secret('acme-secret') },
  });
  return { gateway, emulator, stored: () => Reflect.get(Object(emulator.state('acme', { secrets: true })), 'configs') };
}

const HTTP = {
  code: 'hooks',
  provider: 'HTTP',
  active: false,
  configuration: {
    destinationUrl: 'https://hooks.example/root',
    secretKey: 'root-key',
    headers: { 'x-shop': { value: 'one' } },
    eventsConfiguration: [
      {
        name: 'all orders',
        eventType: 'ORDER.CREATED',
        destinationUrl: 'https://hooks.example/orders',
        headers: { 'x-key': { value: 'two' } },
        filter: "$[?(@.siteCode == 'main')]",
        excludedFields: [],
        active: false,
      },
      { eventType: 'quote.updated', destinationUrl: 'https://crm.example/q', secretKey: 'entry-key' },
    ],
  },
};

const READ = [
  { code: 'svix_shared', provider: 'SVIX_SHARED', active: true },
  {
    code: 'hooks',
    provider: 'HTTP',
    active: false,
    http: {
      destinationUrl: 'https://hooks.example/root',
      secretKeyExists: true,
      headers: { 'x-shop': new Secret('one') },
      targets: [
        {
          id: expect.any(String),
          event: 'order.created',
          destinationUrl: 'https://hooks.example/orders',
          secretKeyExists: false,
          headers: { 'x-key': new Secret('two') },
          filter: "$[?(@.siteCode == 'main')]",
          excludedFields: [],
          active: false,
        },
        {
          id: expect.any(String),
          event: 'quote.updated',
          destinationUrl: 'https://crm.example/q',
          secretKeyExists: true,
          headers: {},
          excludedFields: null,
          active: true,
        },
      ],
    },
  },
];

describe('reading the delivery configs', () => {
  it.each<[string, Partial<Quirks>, number]>([
    ['a plain list', {}, 0],
    ['a wrapped list', { configListShape: 'wrapped' }, 0],
    [
      'a list without configurations, which costs a request for each HTTP config',
      { listIncludesConfiguration: false },
      1,
    ],
  ])('takes %s', async (_, quirks, more) => {
    const { gateway, emulator } = await acme(quirks, [HTTP]);
    expect(await gateway.listConfigs(signal)).toEqual(READ);
    expect(emulator.counts('acme')).toMatchObject({ listConfigs: 1, ...(more > 0 && { getConfig: more }) });
  });

  it('hands on the names of targets where the service returns them', async () => {
    const { gateway } = await acme({ entryNameReturned: true }, [HTTP]);
    const [, hooks] = await gateway.listConfigs(signal);
    expect(hooks?.http?.targets.map(({ name }) => name)).toEqual(['all orders', undefined]);
  });

  it('prints no header value', async () => {
    const { gateway } = await acme({}, [HTTP]);
    const printed = JSON.stringify(await gateway.listConfigs(signal));
    expect(printed).toContain('"x-shop":"[secret]"');
    expect(printed).not.toMatch(/"one"|"two"/);
  });
});

const create: ConfigWrite = {
  type: 'create',
  code: 'http',
  provider: 'HTTP',
  active: false,
  configuration: {
    destinationUrl: 'https://hooks.example/',
    secretKey: new Secret('root-key'),
    headers: { 'x-api-key': { value: new Secret('header-key') } },
    eventsConfiguration: [
      { eventType: 'order.created', destinationUrl: 'https://a.example/', excludedFields: null, active: true },
    ],
  },
};

const patch = (...operations: (ConfigWrite & { type: 'patch' })['operations'][number][]): ConfigWrite => ({
  type: 'patch',
  code: 'hooks',
  operations,
});

describe('writing a delivery config', () => {
  it('creates it with everything, secrets in clear on the wire alone', async () => {
    const { gateway, stored } = await acme();
    await gateway.writeConfig(create, signal);
    expect(stored()).toContainEqual(
      expect.objectContaining({
        code: 'http',
        active: false,
        secretKey: 'root-key',
        headers: { 'x-api-key': { value: 'header-key' } },
        entries: [expect.objectContaining({ eventType: 'order.created', excludedFields: null })],
      }),
    );
  });

  it('creates a config of each other provider', async () => {
    const { gateway, emulator, stored } = await acme();
    const svix = {
      code: 'svix',
      provider: 'SVIX',
      active: true,
      configuration: { apiKey: new Secret('Bearer k') },
    } as const;
    await gateway.writeConfig({ type: 'create', ...svix }, signal);
    expect(stored()).toContainEqual({ code: 'svix', provider: 'SVIX', active: true, apiKey: 'Bearer k' });
    emulator.seed({ tenant: 'acme', configs: [] });
    const shared = { code: 's', provider: 'SVIX_SHARED', active: true, configuration: {} } as const;
    await gateway.writeConfig({ type: 'create', ...shared }, signal);
    expect(await gateway.listConfigs(signal)).toEqual([{ code: 's', provider: 'SVIX_SHARED', active: true }]);
  });

  it.each<[string, Partial<Quirks>]>([
    ['204', {}],
    ['200 with the config', { writeStatus: 200, deleteStatus: 200 }],
    ['200 and 202', { writeStatus: 200, deleteStatus: 202 }],
  ])('takes %s for an answer', async (_, quirks) => {
    const { gateway } = await acme(quirks, [HTTP]);
    await gateway.writeConfig(patch({ op: 'UPSERT', path: '/active', value: true }), signal);
    expect((await gateway.listConfigs(signal)).map(({ code, active }) => [code, active])).toEqual([
      ['svix_shared', false],
      ['hooks', true],
    ]);
    await gateway.writeConfig({ type: 'delete', code: 'svix_shared', force: false }, signal);
    expect((await gateway.listConfigs(signal)).map(({ code }) => code)).toEqual(['hooks']);
  });

  it('changes fields, entries, and removes them', async () => {
    const { gateway, stored } = await acme({}, [HTTP]);
    const [, hooks] = await gateway.listConfigs(signal);
    const [orders, quotes] = hooks?.http?.targets ?? [];
    await gateway.writeConfig(
      patch(
        { op: 'REMOVE', path: '/configuration/http/headers' },
        { op: 'UPSERT', path: '/configuration/http/secretKey', value: new Secret('new-key') },
        { op: 'UPSERT', path: `${ENTRY}/${orders?.id}/excludedFields`, value: ['mixins'] },
        { op: 'UPSERT', path: `${ENTRY}/${orders?.id}/headers`, value: { 'x-key': { value: new Secret('three') } } },
        { op: 'REMOVE', path: `${ENTRY}/${quotes?.id}` },
      ),
      signal,
    );
    expect(stored()).toContainEqual(
      expect.objectContaining({
        code: 'hooks',
        secretKey: 'new-key',
        entries: [expect.objectContaining({ excludedFields: ['mixins'], headers: { 'x-key': { value: 'three' } } })],
      }),
    );
  });

  it.each<[Quirks['omittedSecret'], boolean]>([
    ['keep', true],
    ['clear', false],
  ])('replaces it as a whole; a secret left out is up to the service (%s)', async (omittedSecret, kept) => {
    const { gateway } = await acme({ omittedSecret }, [HTTP]);
    const configuration = { destinationUrl: 'https://other.example/' };
    await gateway.writeConfig(
      { type: 'replace', code: 'hooks', provider: 'HTTP', active: false, configuration },
      signal,
    );
    const [, hooks] = await gateway.listConfigs(signal);
    expect(hooks?.http).toEqual({
      destinationUrl: 'https://other.example/',
      secretKeyExists: kept,
      headers: {},
      targets: [],
    });
  });
});

describe('a refused write', () => {
  const svixed: ConfigWrite = {
    type: 'replace',
    code: 'hooks',
    provider: 'SVIX',
    active: false,
    configuration: { apiKey: new Secret('k') },
  };
  const off: ConfigWrite = {
    type: 'patch',
    code: 'svix_shared',
    operations: [{ op: 'UPSERT', path: '/active', value: false }],
  };

  it.each<[string, Partial<Quirks>, ConfigWrite, new (...args: never[]) => Error]>([
    ['a second config of a provider', {}, { ...create, code: 'other' }, ConflictError],
    ['another provider (409)', { providerChange: 'reject-409' }, svixed, ConflictError],
    ['another provider (400)', { providerChange: 'reject-400' }, svixed, RejectedError],
    ['switching off the last active one (409)', { lastActive: 409 }, off, ConflictError],
    ['switching off the last active one (400)', { lastActive: 400 }, off, RejectedError],
    ['deleting an active one', {}, { type: 'delete', code: 'svix_shared', force: false }, ConflictError],
    ['an unknown entry', {}, patch({ op: 'REMOVE', path: `${ENTRY}/none` }), RejectedError],
  ])('of %s is the word of the core for it', async (_, quirks, write, type) => {
    const { gateway } = await acme(quirks, [HTTP]);
    await expect(gateway.writeConfig(write, signal)).rejects.toBeInstanceOf(type);
  });

  it.each<[Quirks['probeDetail'], ConfigWrite]>([
    ['plain', patch({ op: 'UPSERT', path: '/configuration/http/destinationUrl', value: CLOSED })],
    ['indexed', patch({ op: 'UPSERT', path: ENTRY, value: { eventType: 'order.created', destinationUrl: CLOSED } })],
  ])('because a destination does not answer may be sent again later (%s)', async (probeDetail, write) => {
    const { gateway } = await acme({ reachabilityProbe: 'changed', probeDetail }, [HTTP]);
    const error = await gateway.writeConfig(write, signal).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UnreachableError);
    expect(error).toMatchObject({ transient: true, status: 400, operation: 'patchConfig' });
    expect(String(error)).toContain('HEAD or OPTIONS');
  });

  it('says what is wrong with the request, and no secret', async () => {
    const { gateway } = await acme({}, [HTTP]);
    const write = patch(
      { op: 'UPSERT', path: '/configuration/http/secretKey', value: new Secret('new-key') },
      {
        op: 'UPSERT',
        path: ENTRY,
        value: { eventType: 'order.created', destinationUrl: 'ftp://x', secretKey: new Secret('own') },
      },
    );
    const error = await gateway.writeConfig(write, signal).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RejectedError);
    expect(String(error)).toContain('destinationUrl: must be an absolute http or https URL');
    expect(String(error)).not.toMatch(/new-key|own\b/);
  });

  it('is later when the service is down', async () => {
    const { gateway, emulator } = await acme({}, [HTTP]);
    emulator.addFault({ kind: 'status', status: 503, times: 'always', match: { operationId: 'createConfig' } });
    await expect(gateway.writeConfig(create, signal)).rejects.toBeInstanceOf(UnavailableError);
    expect(emulator.counts('acme')).toMatchObject({ createConfig: 1 });
  });
});

describe('the portal', () => {
  it('opens with a link that does not print', async () => {
    const { gateway } = await acme();
    const portal = await gateway.openPortal(signal);
    expect(portal.url.reveal()).toMatch(/^https:\/\/app\.svix\.com\/login#key=/);
    expect(JSON.stringify(portal)).toBe('{"url":"[secret]"}');
  });

  it('is refused where there is no shared account', async () => {
    const { gateway, emulator } = await acme();
    emulator.seed({ tenant: 'acme', configs: [HTTP] });
    await expect(gateway.openPortal(signal)).rejects.toBeInstanceOf(RejectedError);
  });
});
