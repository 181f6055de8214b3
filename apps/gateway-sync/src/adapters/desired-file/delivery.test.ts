import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { parse, problemsOf, told, withTenant } from '../../../test/support/desired-files.js';
import { Secret } from '../../core/secret.js';

const withDelivery = (lines: string) => withTenant(`subscriptions: []\ndelivery:\n${lines.replaceAll(/^/gm, '  ')}`);
/** An HTTP delivery of one target that is fine, with these keys. */
const one = (keys: string) =>
  withDelivery(`provider: HTTP\ntargets:\n  - { event: order.created, destinationUrl: "https://a.example/", ${keys} }`);
const deliveryOf = (lines: string) => parse(withDelivery(lines)).tenants[0]?.delivery;
/** The same target twice, once with these keys. */
const two = (keys: string) =>
  withDelivery(
    `provider: HTTP\ndestinationUrl: "https://a.example/"\ntargets:\n  - { event: order.created }\n  - { event: Order.Created, ${keys} }`,
  );
/** Two tenants, `a` with lines of its own, and defaults. */
const inheriting = (defaults: string, own: string) => `version: 1
defaults:
  subscriptions: []
  delivery: ${defaults}
tenants:
  - { tenant: a, credentials: { clientId: i, clientSecret: s }${own && `, delivery: ${own}`} }
  - { tenant: b, credentials: { clientId: i, clientSecret: s } }
`;

describe('delivery', () => {
  test('comes back with secrets wrapped, what targets inherit, and nothing that was not written', () => {
    const file = parse(
      withDelivery(`provider: HTTP
destinationUrl: https://hooks.acme.example/emporix
secretKey: "\${env:ACME_SECRET}"
headers: { X-Shop: north, x-api-key: { value: "\${env:ACME_SECRET}", secret: true } }
targets:
  - name: declined quotes
    event: " quote.updated "
    destinationUrl: https://crm.example/q
    filter: " $[?(@.status.value == 'DECLINED')] "
    excludedFields: []
    secretKey: own
    headers: {}
    active: false
  - { event: order.created, excludedFields: null }`),
    );
    const delivery = file.tenants[0]?.delivery;
    expect(delivery).toEqual({
      provider: 'HTTP',
      active: true,
      code: 'http',
      destinationUrl: 'https://hooks.acme.example/emporix',
      secretKey: expect.any(Secret),
      headers: {
        'X-Shop': { value: expect.any(Secret), secret: false },
        'x-api-key': { value: expect.any(Secret), secret: true },
      },
      targets: [
        {
          name: 'declined quotes',
          event: 'quote.updated',
          destinationUrl: 'https://crm.example/q',
          filter: "$[?(@.status.value == 'DECLINED')]",
          excludedFields: [],
          secretKey: expect.any(Secret),
          headers: {},
          active: false,
          place: 'g.yaml:12:11',
        },
        {
          event: 'order.created',
          destinationUrl: 'https://hooks.acme.example/emporix',
          excludedFields: null,
          active: true,
          place: 'g.yaml:20:11',
        },
      ],
      place: 'g.yaml:7:7',
    });
    expect(delivery?.headers?.['x-api-key']?.value.reveal()).toBe(delivery?.secretKey?.reveal());
    expect(delivery?.targets?.[0]?.secretKey?.reveal()).toBe('own');
  });

  test('is what the page about it shows', async () => {
    const page = await readFile(new URL('../../../../../docs/delivery.md', import.meta.url), 'utf8');
    const example = /```yaml\n(.*?)```/s.exec(page)?.[1] ?? '';
    const file = parse(`version: 1\n${example.replaceAll(/ACME_(?:HMAC|KEY)/g, 'ACME_SECRET')}`);
    expect(file.tenants[0]?.delivery?.targets).toMatchObject([
      { event: 'order.created', destinationUrl: 'https://hooks.acme.example/emporix' },
      { name: 'declined quotes', excludedFields: ['mixins'], headers: {} },
    ]);
  });

  test('of Svix says no more than what is managed', () => {
    expect(deliveryOf('provider: SVIX_SHARED')).toEqual({
      provider: 'SVIX_SHARED',
      active: true,
      code: 'svix_shared',
      place: 'g.yaml:7:7',
    });
    expect(deliveryOf('provider: SVIX\nactive: false\ncode: my-svix\napiKey: Bearer k')).toEqual({
      provider: 'SVIX',
      active: false,
      code: 'my-svix',
      apiKey: expect.any(Secret),
      place: 'g.yaml:7:7',
    });
    expect(parse(withTenant('subscriptions: []')).tenants[0]).not.toHaveProperty('delivery');
  });

  test('takes what it leaves out from the defaults, when they are of the same provider', () => {
    const defaults = '{ provider: HTTP, destinationUrl: "https://d.example/", targets: [{ event: order.created }] }';
    const [a, b] = parse(inheriting(defaults, '{ destinationUrl: "https://a.example/", active: false }')).tenants;
    const target = { event: 'order.created', active: true, place: expect.stringMatching(/^g\.yaml:4:/) };
    expect(a?.delivery).toMatchObject({
      active: false,
      targets: [{ ...target, destinationUrl: 'https://a.example/' }],
    });
    expect(b?.delivery).toMatchObject({ active: true, targets: [{ ...target, destinationUrl: 'https://d.example/' }] });
    const [svix] = parse(inheriting(defaults, '{ provider: SVIX_SHARED }')).tenants;
    expect(svix?.delivery).toEqual({
      provider: 'SVIX_SHARED',
      active: true,
      code: 'svix_shared',
      place: expect.any(String),
    });
  });

  test.each([
    ['destinationUrl: http://hooks.example/', 'delivery.destinationUrl: must be an https:// address'],
    ['destinationUrl: https://user:pass@hooks.example/', 'delivery.destinationUrl: must be an https:// address'],
    ['destinationUrl: hooks', 'delivery.destinationUrl: must be an https:// address'],
    ['secretKey: "  "', 'delivery.secretKey: must not be blank'],
    ['code: a/b', 'delivery.code: must be up to 64 letters'],
    ['headers: { "x a": b }', 'delivery.headers.x a: is no name of a header'],
    ['headers: { x-a: b, X-A: c }', 'delivery.headers.X-A: stands twice'],
    ['headers: { x-a: "b\\nc" }', 'delivery.headers.x-a: must not hold line breaks'],
    [
      `headers: { ${Array.from({ length: 11 }, (_, index) => `x-${index}: a`).join(', ')} }`,
      'delivery.headers: must not have more than 10',
    ],
    ['url: https://a.example/', 'delivery.url: there is no key url here'],
    ['active: maybe', 'delivery.active: must be true or false'],
  ])('is refused with %s', (line, message) => {
    expect(told(withDelivery(`provider: HTTP\n${line}`))).toEqual([expect.stringContaining(message)]);
  });

  test('may lead to this machine without encryption', () => {
    expect(
      parse(withDelivery('provider: HTTP\ndestinationUrl: http://localhost:8080/')).tenants[0]?.delivery,
    ).toMatchObject({
      destinationUrl: 'http://localhost:8080/',
    });
  });

  test.each([
    ['filter: "$[?(@.a = 1)]"', 'filter: is no JsonPath: there is no operator =, at character 9'],
    ['filter: ""', 'filter: is no JsonPath: it is empty, at character 1'],
    ['name: " "', 'name: must not be blank'],
    ['name: ""', 'name: must not be blank'],
    ['excludedFields: [" "]', 'excludedFields[0]: must not be blank'],
    ['secretKey: ""', 'secretKey: must not be blank'],
    ['headers: { x: {} }', 'headers.x'],
    ['uid: a', 'uid: there is no key uid here'],
  ])('refuses a target with %s', (key, message) => {
    expect(told(one(key))).toEqual([expect.stringContaining(`delivery.targets[0].${message}`)]);
  });

  test.each([
    ['"order.*"', 'must be one event type: a target takes no glob'],
    ['" "', 'must not be blank'],
    ['""', 'must not be empty'],
  ])('refuses a target of the event type %s', (event, message) => {
    const text = withDelivery(`provider: HTTP\ndestinationUrl: "https://a.example/"\ntargets: [{ event: ${event} }]`);
    expect(told(text)).toEqual([expect.stringContaining(`delivery.targets[0].event: ${message}`)]);
  });

  test('needs a provider', () => {
    expect(told(withDelivery('active: true'))).toEqual([expect.stringContaining('delivery.provider: is missing')]);
    expect(told(withDelivery('provider: PIGEON'))).toEqual([
      expect.stringContaining('must be HTTP or SVIX or SVIX_SHARED'),
    ]);
    expect(told(inheriting('{ active: false }', ''))).toEqual([
      expect.stringContaining('defaults.delivery.provider: is missing'),
    ]);
  });

  test.each([
    ['HTTP', 'apiKey: k', 'apiKey: belongs to provider SVIX; with HTTP nothing goes through Svix'],
    ['SVIX', 'secretKey: k', 'secretKey: belongs to provider HTTP; with SVIX Svix delivers'],
    ['SVIX', 'headers: {}', 'headers: belongs to provider HTTP; with SVIX Svix delivers'],
    [
      'SVIX_SHARED',
      'apiKey: k',
      'apiKey: belongs to provider SVIX; with SVIX_SHARED Svix delivers, through the account of Emporix',
    ],
    ['SVIX_SHARED', 'destinationUrl: "https://a.example/"', 'destinationUrl: belongs to provider HTTP'],
    ['SVIX_SHARED', 'targets: []', 'targets: belongs to provider HTTP'],
  ])('of %s refuses %s', (provider, line, message) => {
    const [problem, ...more] = problemsOf(withDelivery(`provider: ${provider}\n${line}`));
    expect(more).toEqual([]);
    expect(`${problem?.path}: ${problem?.message}`).toContain(`tenants[0].delivery.${message}`);
    expect(problem?.place).toBe('g.yaml:8:7');
  });

  test('says once where a key of the defaults does not fit the provider of tenants', () => {
    const problems = problemsOf(inheriting('{ provider: SVIX, secretKey: k }', ''));
    expect(problems.map(({ path, place }) => [path, place])).toEqual([['defaults.delivery.secretKey', 'g.yaml:4:31']]);
  });

  test('says which target has no destination', () => {
    const text = withDelivery(
      'provider: HTTP\ntargets:\n  - { event: order.created }\n  - { event: order.deleted, destinationUrl: "https://a.example/" }',
    );
    expect(problemsOf(text)).toEqual([
      {
        place: 'g.yaml:9:11',
        path: 'tenants[0].delivery.targets[0]',
        message: 'has no destinationUrl, and the delivery has none that it could take',
        remedy: 'add destinationUrl to the target or to the delivery',
      },
    ]);
    const inherited = inheriting(
      '{ provider: HTTP, targets: [{ event: order.created }] }',
      '{ destinationUrl: "https://a.example/" }',
    );
    expect(told(inherited)).toEqual([expect.stringContaining('defaults.delivery.targets[0]: has no destinationUrl')]);
  });

  test('says which targets contradict each other, and takes equal ones for one', () => {
    expect(problemsOf(two('active: false'))).toEqual([
      {
        place: 'g.yaml:11:11',
        path: 'tenants[0].delivery.targets',
        message:
          'targets of order.created with the same destination, filter and name disagree: g.yaml:10:11, g.yaml:11:11',
        remedy: 'keep one of them, or give them different names',
      },
    ]);
    expect(problemsOf(two('destinationUrl: "https://A.example"'))).toEqual([]);
    expect(problemsOf(two('active: false, name: other'))).toEqual([]);
  });

  test('no problem repeats a secret', () => {
    const problems = problemsOf(
      withDelivery('provider: HTTP\napiKey: s3cret\nsecretKey: [s3cret]\nheaders: { "s p": s3cret, x: "s3cret\\n" }'),
    );
    expect(problems).toHaveLength(4);
    expect(JSON.stringify(problems)).not.toContain('s3cret');
  });
});
