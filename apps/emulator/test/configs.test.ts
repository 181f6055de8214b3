import { describe, expect, test } from 'vitest';
import { entry, httpConfig, INVALID, openBench, serviceError, type Bench } from './support.js';

const SHARED = { code: 'svix_shared', provider: 'SVIX_SHARED', active: true };
const list = async ({ call }: Bench): Promise<unknown> => (await call('GET', '/config')).body;
const read = async ({ call }: Bench, code = 'http') => Object((await call('GET', `/config/${code}`)).body);

interface EntryView {
  readonly id: string;
  readonly eventType: string;
}

async function entries(bench: Bench): Promise<readonly EntryView[]> {
  return (await read(bench)).configuration.eventsConfiguration;
}

/** A tenant with an HTTP config of these entries. */
async function withEntries(written: readonly object[], options = {}): Promise<Bench> {
  const bench = openBench(options);
  expect((await bench.call('POST', '/config', httpConfig({ eventsConfiguration: written }))).status).toBe(201);
  return bench;
}

describe('a fresh tenant', () => {
  test('uses the shared Svix account', async () => {
    expect(await list(openBench())).toEqual([SHARED]);
  });

  test('has no config where that is switched', async () => {
    expect(await list(openBench({ quirks: { freshTenantConfigs: 'empty' } }))).toEqual([]);
  });
});

describe('creating', () => {
  test('answers the code only, and the config reads back without secrets', async () => {
    const bench = openBench();
    const configuration = {
      destinationUrl: 'https://hooks.test/all',
      secretKey: 'root-secret',
      headers: { 'x-shop': { value: 'north' } },
      eventsConfiguration: [
        entry({
          eventType: 'ORDER.CREATED',
          name: 'ERP',
          secretKey: 'entry-secret',
          filter: "$[?(@.id == 'a')]",
          excludedFields: ['mixins'],
          active: false,
        }),
        entry({ eventType: 'cart.closed', excludedFields: [], headers: { a: { value: 'b' } } }),
      ],
    };
    const { status, body } = await bench.call('POST', '/config', httpConfig(configuration));
    expect({ status, body }).toEqual({ status: 201, body: { code: 'http' } });
    expect(await read(bench)).toEqual({
      code: 'http',
      provider: 'HTTP',
      active: true,
      configuration: {
        destinationUrl: 'https://hooks.test/all',
        secretKeyExists: true,
        headers: { 'x-shop': { value: 'north' } },
        eventsConfiguration: [
          {
            id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
            eventType: 'order.created',
            destinationUrl: 'https://hooks.test/orders',
            secretKeyExists: true,
            filter: "$[?(@.id == 'a')]",
            excludedFields: ['mixins'],
            active: false,
          },
          {
            id: expect.any(String),
            eventType: 'cart.closed',
            destinationUrl: 'https://hooks.test/orders',
            secretKeyExists: false,
            headers: { a: { value: 'b' } },
            excludedFields: [],
            active: true,
          },
        ],
      },
    });
  });

  test('an active config switches the other off', async () => {
    const bench = openBench();
    await bench.call('POST', '/config', {
      code: 'own',
      provider: 'SVIX',
      active: true,
      configuration: { apiKey: 'Bearer x' },
    });
    expect(await list(bench)).toEqual([
      { ...SHARED, active: false },
      { code: 'own', provider: 'SVIX', active: true },
    ]);
  });

  test('without `active` makes the only config active, and no other', async () => {
    const bench = openBench({ quirks: { freshTenantConfigs: 'empty' } });
    await bench.call('POST', '/config', { code: 'own', provider: 'SVIX', configuration: { apiKey: 'x' } });
    await bench.call('POST', '/config', { code: 'shared', provider: 'SVIX_SHARED' });
    expect(await list(bench)).toMatchObject([
      { code: 'own', active: true },
      { code: 'shared', active: false },
    ]);
  });

  test.for([
    ['a second config of the provider', { code: 'two', provider: 'SVIX_SHARED' }],
    ['a code in use', { code: 'svix_shared', provider: 'SVIX', configuration: { apiKey: 'x' } }],
  ])('%s is a conflict', async ([, body]) => {
    expect((await openBench().call('POST', '/config', body)).status).toBe(409);
  });

  test('an active config beside an active one is a conflict where that is switched', async () => {
    const bench = openBench({ quirks: { activation: 'reject-409' } });
    expect((await bench.call('POST', '/config', httpConfig())).status).toBe(409);
    expect((await bench.call('POST', '/config', httpConfig({}, { active: false }))).status).toBe(201);
  });

  const elevenHeaders = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`h${index}`, { value: 'v' }]));
  test.for([
    ['no code', { provider: 'SVIX_SHARED' }, "body: must have required property 'code'"],
    [
      'an unknown provider',
      { code: 'x', provider: 'MAIL' },
      ['SVIX_SHARED', 'SVIX', 'HTTP'].map((name) => `provider: must be equal to constant ("${name}")`),
    ],
    [
      'a Svix config without a key',
      { code: 'x', provider: 'SVIX', configuration: {} },
      "configuration: must have required property 'apiKey'",
    ],
    [
      '11 headers',
      httpConfig({ headers: elevenHeaders }),
      'configuration.headers: must NOT have more than 10 properties',
    ],
    ['a plain text as header', httpConfig({ headers: { a: 'b' } }), 'configuration.headers.a: must be object'],
    [
      'an entry without a type',
      httpConfig({ eventsConfiguration: [{ destinationUrl: 'https://a.test' }] }),
      "configuration.eventsConfiguration[0]: must have required property 'eventType'",
    ],
    [
      'an entry without a destination',
      httpConfig({ eventsConfiguration: [{ eventType: 'order.created' }] }),
      "configuration.eventsConfiguration[0]: must have required property 'destinationUrl'",
    ],
    [
      'a blank destination',
      httpConfig({ eventsConfiguration: [entry({ destinationUrl: '  ' })] }),
      'eventsConfiguration[0].destinationUrl: must not be blank',
    ],
    [
      'a relative destination',
      httpConfig({ destinationUrl: '/hooks' }),
      'destinationUrl: must be an absolute http or https URL',
    ],
    [
      'an entry with an id',
      httpConfig({ eventsConfiguration: [entry({ id: 'mine' })] }),
      'eventsConfiguration[0].id: is given by the server and must be left out',
    ],
    [
      'an unknown event type',
      httpConfig({ eventsConfiguration: [entry({ eventType: 'no.such' })] }),
      'eventsConfiguration[0].eventType: there is no event type no.such',
    ],
    [
      'a filter that does not parse',
      httpConfig({ eventsConfiguration: [entry({ filter: '$[?(@.a' })] }),
      'eventsConfiguration[0].filter: is not a valid JsonPath (expected ) before the end at character 7)',
    ],
    [
      'a blank excluded field',
      httpConfig({ eventsConfiguration: [entry({ excludedFields: [' '] })] }),
      'eventsConfiguration[0].excludedFields: field names must not be blank',
    ],
    [
      'a name of 256 characters',
      httpConfig({ eventsConfiguration: [entry({ name: 'n'.repeat(256) })] }),
      'configuration.eventsConfiguration[0].name: must NOT have more than 255 characters',
    ],
  ])('with %s is refused', async ([, body, detail]) => {
    const bench = openBench();
    const answer = await bench.call('POST', '/config', body);
    expect(answer.status).toBe(400);
    expect(Object(answer.body).details).toEqual([detail].flat());
    expect(await list(bench)).toEqual([SHARED]);
  });

  test('takes 10 headers, several entries of a type and unknown types where that is switched', async () => {
    const { h10: _dropped, ...tenHeaders } = elevenHeaders;
    const bench = await withEntries([entry({ headers: tenHeaders }), entry(), entry({ eventType: 'No.Such' })], {
      quirks: { unknownEventTypeInEntry: 'accept', eventTypeCase: 'as-sent' },
    });
    expect((await entries(bench)).map(({ eventType }) => eventType)).toEqual([
      'order.created',
      'order.created',
      'No.Such',
    ]);
  });
});

describe('reading', () => {
  test('an unknown code answers 404', async () => {
    const { status, body } = await openBench().call('GET', '/config/nope');
    expect({ status, body }).toEqual({ status: 404, body: serviceError(404, 'Not Found', 'There is no config nope.') });
  });

  test('a code may hold any text', async () => {
    const bench = openBench();
    await bench.call('POST', '/config', httpConfig({}, { code: 'a b/ü' }));
    expect(await read(bench, encodeURIComponent('a b/ü'))).toMatchObject({ code: 'a b/ü' });
  });

  test('by quirk the list is wrapped, or its rows are short, or entries show their names', async () => {
    const bench = await withEntries([entry({ name: 'ERP' })]);
    expect(await list(bench)).toMatchObject([
      {},
      { configuration: { eventsConfiguration: [expect.not.objectContaining({ name: 'ERP' })] } },
    ]);
    bench.emulator.setQuirks({ entryNameReturned: true });
    expect(await list(bench)).toMatchObject([{}, { configuration: { eventsConfiguration: [{ name: 'ERP' }] } }]);
    bench.emulator.setQuirks({ listIncludesConfiguration: false, configListShape: 'wrapped' });
    expect(await list(bench)).toEqual({
      configs: [
        { ...SHARED, active: false },
        { code: 'http', provider: 'HTTP', active: true },
      ],
    });
  });
});

const replace = (bench: Bench, written: readonly object[]) =>
  bench.call('PUT', '/config/http', {
    provider: 'HTTP',
    active: true,
    configuration: { eventsConfiguration: written },
  });

describe('replacing', () => {
  test('keeps known ids and gives new ones to new entries', async () => {
    const bench = await withEntries([entry(), entry()]);
    const [first] = await entries(bench);
    expect((await replace(bench, [entry(), entry({ id: first?.id, destinationUrl: 'https://new.test' })])).status).toBe(
      204,
    );
    const after = await entries(bench);
    expect(after[1]).toMatchObject({ id: first?.id, destinationUrl: 'https://new.test' });
    expect(after[0]?.id).not.toBe(first?.id);
    expect(after).toHaveLength(2);
  });

  test('reuses the id of the only entry of a type on both sides', async () => {
    const bench = await withEntries([
      entry(),
      entry({ eventType: 'cart.closed' }),
      entry({ eventType: 'cart.closed' }),
    ]);
    const before = await entries(bench);
    await replace(bench, [entry({ eventType: 'cart.closed' }), entry({ eventType: 'ORDER.created' })]);
    const after = await entries(bench);
    expect(after[1]?.id).toBe(before[0]?.id);
    expect(before.map(({ id }) => id)).not.toContain(after[0]?.id);
  });

  test('never gives one id to two entries', async () => {
    const bench = await withEntries([entry()]);
    const [first] = await entries(bench);
    expect((await replace(bench, [entry({ id: first?.id, eventType: 'cart.closed' }), entry()])).status).toBe(204);
    const after = await entries(bench);
    expect(new Set(after.map(({ id }) => id)).size).toBe(2);
  });

  test('refuses an id that is unknown or used twice', async () => {
    const bench = await withEntries([entry()]);
    const [first] = await entries(bench);
    const unknown = await replace(bench, [entry({ id: 'made-up' })]);
    expect(Object(unknown.body).details).toEqual([
      'eventsConfiguration[0].id: there is no entry made-up; ids are given by the server',
    ]);
    const twice = await replace(bench, [entry({ id: first?.id }), entry({ id: first?.id })]);
    expect({ status: twice.status, details: Object(twice.body).details }).toEqual({
      status: 400,
      details: [`eventsConfiguration: id ${first?.id} is used more than once`],
    });
  });

  test.for([
    ['keep', true],
    ['clear', false],
  ] as const)('without a secret: %s', async ([omittedSecret, kept]) => {
    const bench = openBench({ quirks: { omittedSecret } });
    await bench.call(
      'POST',
      '/config',
      httpConfig({ secretKey: 'root', eventsConfiguration: [entry({ secretKey: 'own' })] }),
    );
    await replace(bench, [entry()]);
    expect(await read(bench)).toMatchObject({
      configuration: { secretKeyExists: kept, eventsConfiguration: [{ secretKeyExists: kept }] },
    });
  });

  test('without `active` leaves it as it was', async () => {
    const bench = await withEntries([]);
    expect((await bench.call('PUT', '/config/http', { provider: 'HTTP', configuration: {} })).status).toBe(204);
    expect(await read(bench)).toMatchObject({ active: true });
  });

  test('activating switches the other off', async () => {
    const bench = await withEntries([]);
    expect((await bench.call('PUT', '/config/svix_shared', { provider: 'SVIX_SHARED', active: true })).status).toBe(
      204,
    );
    expect(await list(bench)).toMatchObject([
      { code: 'svix_shared', active: true },
      { code: 'http', active: false },
    ]);
  });

  test.for([409, 400] as const)('switching off the last active config answers %i', async (lastActive) => {
    const bench = openBench({ quirks: { lastActive } });
    expect((await bench.call('PUT', '/config/svix_shared', { provider: 'SVIX_SHARED', active: false })).status).toBe(
      lastActive,
    );
    expect(await list(bench)).toEqual([SHARED]);
  });

  test.for([
    ['reject-409', 409],
    ['reject-400', 400],
    ['accept', 204],
  ] as const)('with another provider: %s', async ([providerChange, status]) => {
    const bench = openBench({ quirks: { providerChange } });
    const put = (provider: string) =>
      bench.call('PUT', '/config/svix_shared', { provider, configuration: { apiKey: 'x' } });
    expect((await put('SVIX')).status).toBe(status);
    await bench.call('POST', '/config', httpConfig({}, { active: false }));
    expect((await put('HTTP')).status).toBe(status === 204 ? 409 : status);
  });

  test('an unknown code answers 404', async () => {
    expect((await replace(openBench(), [])).status).toBe(404);
  });

  test('by quirk answers 200 with the config', async () => {
    const bench = await withEntries([], { quirks: { writeStatus: 200 } });
    const { status, body, headers } = await replace(bench, []);
    expect({ status, body, note: headers.get('x-emulator-off-contract') }).toEqual({
      status: 200,
      body: await read(bench),
      note: 'quirk writeStatus',
    });
  });
});

describe('deleting', () => {
  test('an inactive config needs no force', async () => {
    const bench = await withEntries([]);
    expect((await bench.call('DELETE', '/config/svix_shared')).status).toBe(204);
    expect(await list(bench)).toMatchObject([{ code: 'http' }]);
  });

  test.for([409, 400] as const)('an active config without force answers %i', async (deleteActive) => {
    const bench = openBench({ quirks: { deleteActive } });
    const { status, headers } = await bench.call('DELETE', '/config/svix_shared?force=false');
    expect([status, headers.get('x-emulator-contract-violation')]).toEqual([deleteActive, null]);
    expect(await list(bench)).toEqual([SHARED]);
  });

  test('an active config goes with force while there is another config', async () => {
    const bench = openBench();
    expect((await bench.call('POST', '/config', httpConfig({}, { active: true }))).status).toBe(201);
    expect((await bench.call('DELETE', '/config/http?force=true')).status).toBe(204);
    expect(await list(bench)).toEqual([{ ...SHARED, active: false }]);
  });

  test('the only config stays even with force, unless a quirk lets it go', async () => {
    const bench = openBench();
    expect((await bench.call('DELETE', '/config/svix_shared?force=true')).status).toBe(409);
    bench.emulator.setQuirks({ forceDeleteLastActive: true });
    expect((await bench.call('DELETE', '/config/svix_shared?force=true')).status).toBe(204);
    expect(await list(bench)).toEqual([]);
  });

  test('an unknown code answers 404, a force that is no boolean 400', async () => {
    const { call } = openBench();
    expect((await call('DELETE', '/config/nope')).status).toBe(404);
    const { status, body } = await call('DELETE', '/config/svix_shared?force=maybe');
    expect({ status, body }).toEqual({
      status: 400,
      body: serviceError(400, 'Bad Request', INVALID, ['query.force: must be boolean']),
    });
  });

  test.for([200, 202] as const)('by quirk answers %i', async (deleteStatus) => {
    const bench = await withEntries([], { quirks: { deleteStatus } });
    expect((await bench.call('DELETE', '/config/svix_shared')).status).toBe(deleteStatus);
  });
});
