import { describe, expect, test } from 'vitest';
import type { EmulatorOptions } from '../src/index.js';
import { entry, httpConfig, openBench, type Bench } from './support.js';

const ONE = '11111111-1111-4111-8111-111111111111';
const TWIN_A = '22222222-2222-4222-8222-222222222222';
const TWIN_B = '33333333-3333-4333-8333-333333333333';
const HTTP = '/configuration/http';
const BY_ID = `${HTTP}/eventsConfigurationEntry`;
const BY_TYPE = `${HTTP}/eventsConfiguration`;

/** An active HTTP config with one entry of order.created and two of cart.closed, beside an inactive Svix one. */
function open(options: EmulatorOptions = {}): Bench {
  return openBench({
    ...options,
    tenants: [
      {
        tenant: 'acme',
        configs: [
          httpConfig({
            destinationUrl: 'https://root.test',
            headers: { root: { value: '1' } },
            eventsConfiguration: [
              entry({ id: ONE, secretKey: 's' }),
              entry({ id: TWIN_A, eventType: 'cart.closed' }),
              entry({ id: TWIN_B, eventType: 'cart.closed' }),
            ],
          }),
          { code: 'svix', provider: 'SVIX', active: false, configuration: { apiKey: 'old' } },
          { code: 'shared', provider: 'SVIX_SHARED', active: false },
        ].map((config) => Object.assign({ code: '' }, config)),
      },
    ],
  });
}

const patch = ({ call }: Bench, code: string, ...operations: readonly object[]) =>
  call('PATCH', `/config/${code}`, operations);
const read = async ({ call }: Bench, code = 'http') => Object((await call('GET', `/config/${code}`)).body);
const secrets = ({ emulator }: Bench) => Object(emulator.state('acme', { secrets: true })).configs;

describe('an operation that works', () => {
  test.for<readonly [what: string, operation: object, after: object]>([
    [
      '/configuration',
      { op: 'UPSERT', path: '/configuration', value: { destinationUrl: 'https://new.test' } },
      { destinationUrl: 'https://new.test', eventsConfiguration: [] },
    ],
    [
      'root URL',
      { op: 'UPSERT', path: `${HTTP}/destinationUrl`, value: 'https://new.test' },
      { destinationUrl: 'https://new.test' },
    ],
    ['root secret', { op: 'UPSERT', path: `${HTTP}/secretKey`, value: 'x' }, { secretKeyExists: true }],
    [
      'root headers',
      { op: 'UPSERT', path: `${HTTP}/headers`, value: { a: { value: 'b' } } },
      { headers: { a: { value: 'b' } } },
    ],
    [
      'whole list',
      { op: 'UPSERT', path: BY_TYPE, value: [entry({ destinationUrl: 'https://new.test' })] },
      { eventsConfiguration: [{ id: ONE, destinationUrl: 'https://new.test' }] },
    ],
    ['clearing the list', { op: 'REMOVE', path: BY_TYPE }, { eventsConfiguration: [] }],
    [
      'removing by type',
      { op: 'REMOVE', path: `${BY_TYPE}/ORDER.created` },
      { eventsConfiguration: [{ id: TWIN_A }, { id: TWIN_B }] },
    ],
    [
      'replacing by type',
      { op: 'UPSERT', path: `${BY_TYPE}/order.created`, value: entry({ active: false }) },
      { eventsConfiguration: [{ id: ONE, active: false, secretKeyExists: true }, {}, {}] },
    ],
    [
      'creating by type',
      { op: 'UPSERT', path: `${BY_TYPE}/order.deleted`, value: entry({ eventType: 'order.deleted' }) },
      { eventsConfiguration: [{}, {}, {}, { eventType: 'order.deleted' }] },
    ],
    [
      'URL by type',
      { op: 'UPSERT', path: `${BY_TYPE}/order.created/destinationUrl`, value: 'https://new.test' },
      { eventsConfiguration: [{ destinationUrl: 'https://new.test' }, {}, {}] },
    ],
    [
      'headers by type',
      { op: 'UPSERT', path: `${BY_TYPE}/order.created/headers`, value: { a: { value: 'b' } } },
      { eventsConfiguration: [{ headers: { a: { value: 'b' } } }, {}, {}] },
    ],
    [
      'new entry',
      { op: 'UPSERT', path: BY_ID, value: entry({ eventType: 'cart.closed' }) },
      { eventsConfiguration: [{}, {}, {}, { eventType: 'cart.closed', active: true }] },
    ],
    [
      'replacing by id',
      { op: 'UPSERT', path: `${BY_ID}/${TWIN_B}`, value: entry({ eventType: 'order.deleted' }) },
      { eventsConfiguration: [{}, {}, { id: TWIN_B, eventType: 'order.deleted' }] },
    ],
    [
      'replacing by id, quoting it',
      { op: 'UPSERT', path: `${BY_ID}/${ONE}`, value: entry({ id: ONE, filter: '$.id' }) },
      { eventsConfiguration: [{ id: ONE, filter: '$.id' }, {}, {}] },
    ],
    [
      'removing by id',
      { op: 'REMOVE', path: `${BY_ID}/${TWIN_A}` },
      { eventsConfiguration: [{ id: ONE }, { id: TWIN_B }] },
    ],
    [
      'URL by id',
      { op: 'UPSERT', path: `${BY_ID}/${ONE}/destinationUrl`, value: 'https://new.test' },
      { eventsConfiguration: [{ destinationUrl: 'https://new.test' }, {}, {}] },
    ],
    [
      'secret by id',
      { op: 'UPSERT', path: `${BY_ID}/${TWIN_A}/secretKey`, value: 'x' },
      { eventsConfiguration: [{}, { secretKeyExists: true }, { secretKeyExists: false }] },
    ],
    [
      'headers by id',
      { op: 'UPSERT', path: `${BY_ID}/${ONE}/headers`, value: { a: { value: 'b' } } },
      { eventsConfiguration: [{ headers: { a: { value: 'b' } } }, {}, {}] },
    ],
    [
      'filter by id',
      { op: 'UPSERT', path: `${BY_ID}/${ONE}/filter`, value: "$[?(@.a == 'b')]" },
      { eventsConfiguration: [{ filter: "$[?(@.a == 'b')]" }, {}, {}] },
    ],
    [
      'excluded fields by id',
      { op: 'UPSERT', path: `${BY_ID}/${ONE}/excludedFields`, value: [] },
      { eventsConfiguration: [{ excludedFields: [] }, { excludedFields: null }, {}] },
    ],
    [
      'inherited fields by id',
      { op: 'UPSERT', path: `${BY_ID}/${ONE}/excludedFields`, value: null },
      { eventsConfiguration: [{ excludedFields: null }, {}, {}] },
    ],
    [
      'switching an entry off',
      { op: 'UPSERT', path: `${BY_ID}/${ONE}/active`, value: false },
      { eventsConfiguration: [{ active: false }, { active: true }, { active: true }] },
    ],
  ])('%s', async ([, operation, after]) => {
    const bench = open();
    const { status, body } = await patch(bench, 'http', operation);
    expect({ status, body }).toEqual({ status: 204, body: undefined });
    expect((await read(bench)).configuration).toMatchObject(after);
  });

  test('removing the headers', async () => {
    const bench = open();
    await patch(bench, 'http', { op: 'REMOVE', path: `${HTTP}/headers` });
    expect((await read(bench)).configuration).not.toHaveProperty('headers');
  });

  test('clearing a filter with an empty text', async () => {
    const bench = open();
    await patch(
      bench,
      'http',
      { op: 'UPSERT', path: `${BY_ID}/${ONE}/filter`, value: '$.id' },
      { op: 'UPSERT', path: `${BY_ID}/${ONE}/filter`, value: '' },
    );
    expect((await read(bench)).configuration.eventsConfiguration[0]).not.toHaveProperty('filter');
  });

  test('secrets and keys, which are stored and never shown', async () => {
    const bench = open();
    await patch(
      bench,
      'http',
      { op: 'UPSERT', path: `${HTTP}/secretKey`, value: 'root-key' },
      { op: 'UPSERT', path: `${BY_TYPE}/order.created/secretKey`, value: 'entry-key' },
    );
    await patch(bench, 'svix', { op: 'UPSERT', path: '/configuration/svix/apiKey', value: 'key-1' });
    expect(secrets(bench)).toMatchObject([
      { secretKey: 'root-key', entries: [{ secretKey: 'entry-key' }, {}, {}] },
      { apiKey: 'key-1' },
      {},
    ]);
    await patch(bench, 'svix', { op: 'UPSERT', path: '/configuration', value: { apiKey: 'key-2' } });
    expect(secrets(bench)).toMatchObject([{}, { apiKey: 'key-2' }, {}]);
    expect(JSON.stringify((await bench.call('GET', '/config')).body)).not.toMatch(/root-key|entry-key|key-2/);
  });

  test('the name, which is shown by a quirk only', async () => {
    const bench = open({ quirks: { entryNameReturned: true } });
    await patch(bench, 'http', { op: 'UPSERT', path: `${BY_ID}/${ONE}/name`, value: 'ERP' });
    expect((await read(bench)).configuration.eventsConfiguration[0]).toMatchObject({ name: 'ERP' });
  });

  test('activating, which switches the other config off', async () => {
    const bench = open();
    expect((await patch(bench, 'svix', { op: 'UPSERT', path: '/active', value: true })).status).toBe(204);
    expect((await bench.call('GET', '/config')).body).toMatchObject([
      { code: 'http', active: false },
      { code: 'svix', active: true },
      { active: false },
    ]);
  });

  test('nothing on a shared config but an empty configuration', async () => {
    expect((await patch(open(), 'shared', { op: 'UPSERT', path: '/configuration', value: {} })).status).toBe(204);
  });
});

describe('an operation that is refused', () => {
  test.for<readonly [what: string, code: string, operation: unknown, status: number]>([
    [
      'legacy path with two entries',
      'http',
      { op: 'UPSERT', path: `${BY_TYPE}/cart.closed/destinationUrl`, value: 'https://a.test' },
      409,
    ],
    ['legacy removal with two entries', 'http', { op: 'REMOVE', path: `${BY_TYPE}/CART.closed` }, 409],
    [
      'legacy replacement with two entries',
      'http',
      { op: 'UPSERT', path: `${BY_TYPE}/cart.closed`, value: entry({ eventType: 'cart.closed' }) },
      409,
    ],
    ['deactivating the last active config', 'http', { op: 'UPSERT', path: '/active', value: false }, 409],
    ['unknown code', 'nope', { op: 'UPSERT', path: '/active', value: true }, 404],
    ['empty list', 'http', { op: 'UPSERT', path: BY_TYPE, value: [] }, 400],
    ['empty headers', 'http', { op: 'UPSERT', path: `${HTTP}/headers`, value: {} }, 400],
    ['empty headers of an entry', 'http', { op: 'UPSERT', path: `${BY_ID}/${ONE}/headers`, value: {} }, 400],
    ['empty configuration', 'http', { op: 'UPSERT', path: '/configuration', value: {} }, 400],
    ['empty secret', 'http', { op: 'UPSERT', path: `${HTTP}/secretKey`, value: '' }, 400],
    ['empty URL', 'http', { op: 'UPSERT', path: `${HTTP}/destinationUrl`, value: '' }, 400],
    ['creating with an id', 'http', { op: 'UPSERT', path: BY_ID, value: entry({ id: 'mine' }) }, 400],
    ['removing the place of new entries', 'http', { op: 'REMOVE', path: BY_ID }, 400],
    [
      'another id than in the path',
      'http',
      { op: 'UPSERT', path: `${BY_ID}/${ONE}`, value: entry({ id: TWIN_A }) },
      400,
    ],
    [
      'another type than in the path',
      'http',
      { op: 'UPSERT', path: `${BY_TYPE}/order.created`, value: entry({ eventType: 'order.deleted' }) },
      400,
    ],
    ['unknown entry id', 'http', { op: 'UPSERT', path: `${BY_ID}/nope/active`, value: true }, 400],
    ['removing an unknown entry', 'http', { op: 'REMOVE', path: `${BY_ID}/nope` }, 400],
    ['removing an unknown type', 'http', { op: 'REMOVE', path: `${BY_TYPE}/order.deleted` }, 400],
    ['unknown id in the list', 'http', { op: 'UPSERT', path: BY_TYPE, value: [entry({ id: 'nope' })] }, 400],
    ['bad filter', 'http', { op: 'UPSERT', path: `${BY_ID}/${ONE}/filter`, value: '$[?(' }, 400],
    ['blank excluded field', 'http', { op: 'UPSERT', path: `${BY_ID}/${ONE}/excludedFields`, value: [''] }, 400],
    ['name of 256 characters', 'http', { op: 'UPSERT', path: `${BY_ID}/${ONE}/name`, value: 'n'.repeat(256) }, 400],
    ['switching without a value', 'http', { op: 'UPSERT', path: `${BY_ID}/${ONE}/active` }, 400],
    ['switching with a text', 'http', { op: 'UPSERT', path: '/active', value: 'yes' }, 400],
    ['unknown path', 'http', { op: 'UPSERT', path: '/code', value: 'x' }, 400],
    [
      'path a client invented',
      'http',
      { op: 'UPSERT', path: '/configuration/svix/destinationUrl', value: 'https://a.test' },
      400,
    ],
    ['filter by type', 'http', { op: 'UPSERT', path: `${BY_TYPE}/order.created/filter`, value: '$.id' }, 400],
    ['unknown operation', 'http', { op: 'replace', path: '/active', value: true }, 400],
    ['removing a scalar', 'http', { op: 'REMOVE', path: `${HTTP}/secretKey` }, 400],
    ['removing the configuration', 'http', { op: 'REMOVE', path: '/configuration' }, 400],
    ['Svix path on an HTTP config', 'http', { op: 'UPSERT', path: '/configuration/svix/apiKey', value: 'x' }, 400],
    [
      'HTTP path on a Svix config',
      'svix',
      { op: 'UPSERT', path: `${HTTP}/destinationUrl`, value: 'https://a.test' },
      400,
    ],
    [
      'Svix configuration on an HTTP config',
      'http',
      { op: 'UPSERT', path: '/configuration', value: { apiKey: 'x' } },
      400,
    ],
    [
      'HTTP configuration on a Svix config',
      'svix',
      { op: 'UPSERT', path: '/configuration', value: { destinationUrl: 'https://a.test' } },
      400,
    ],
    [
      'configuration on a shared config',
      'shared',
      { op: 'UPSERT', path: '/configuration', value: { apiKey: 'x' } },
      400,
    ],
  ])('%s', async ([, code, operation, status]) => {
    const bench = open();
    const before = bench.emulator.state('acme', { secrets: true });
    const answer = await bench.call('PATCH', `/config/${code}`, [operation]);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ code: status, message: expect.any(String) });
    expect(bench.emulator.state('acme', { secrets: true })).toEqual(before);
  });

  test('an empty list of operations, or none at all', async () => {
    const { call } = open();
    expect((await call('PATCH', '/config/http', [])).status).toBe(400);
    expect((await call('PATCH', '/config/http')).status).toBe(400);
    expect((await call('PATCH', '/config/http', { op: 'UPSERT', path: '/active', value: true })).status).toBe(400);
  });

  test('says briefly that an operation fits nothing', async () => {
    const { body } = await patch(open(), 'http', { op: 'UPSERT', path: '/nope', value: 1 });
    expect(Object(body).details).toEqual(['[0]: fits none of the allowed shapes']);
  });
});

describe('by quirk', () => {
  const operations = [
    { op: 'UPSERT', path: `${HTTP}/destinationUrl`, value: 'https://new.test' },
    { op: 'REMOVE', path: `${BY_ID}/nope` },
  ];

  test.for([
    ['atomic', 'https://root.test'],
    ['sequential', 'https://new.test'],
  ] as const)('operations before a refused one: %s', async ([multiOpPatch, destinationUrl]) => {
    const bench = open({ quirks: { multiOpPatch } });
    expect((await patch(bench, 'http', ...operations)).status).toBe(400);
    expect((await read(bench)).configuration).toMatchObject({ destinationUrl });
  });

  test('an unknown entry answers 404', async () => {
    const bench = open({ quirks: { unknownEntryId: 404 } });
    expect((await patch(bench, 'http', { op: 'REMOVE', path: `${BY_ID}/nope` })).status).toBe(404);
  });

  test('an empty text clears a secret', async () => {
    const bench = open({ quirks: { emptySecret: 'clear' } });
    const clearing = [`${HTTP}/secretKey`, `${BY_TYPE}/order.created/secretKey`].map((path) => ({
      op: 'UPSERT',
      path,
      value: '',
    }));
    expect((await patch(bench, 'http', ...clearing)).status).toBe(204);
    expect((await read(bench)).configuration).toMatchObject({
      secretKeyExists: false,
      eventsConfiguration: [{ secretKeyExists: false }, {}, {}],
    });
  });
});
