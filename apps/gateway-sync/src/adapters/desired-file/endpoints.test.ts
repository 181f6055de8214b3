import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { credentials, parse, problemsOf, told, withTenant } from '../../../test/support/desired-files.js';
import { endpointUid } from '../../core/endpoint-marks.js';
import { Secret } from '../../core/secret.js';
import { parseSource } from './document.js';
import { checkEndpoints } from './endpoint-checks.js';
import { parseDesiredFile } from './parse.js';

const KEY = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;

/** A file of one tenant with these lines under `endpoints`. */
const withEndpoints = (lines: string) => withTenant(`subscriptions: []\nendpoints:\n${lines}`);
/** One endpoint that is fine, with these keys. */
const one = (keys: string) => withEndpoints(`  - { uid: erp, url: "https://erp.example/h", events: all, ${keys} }`);

describe('endpoints', () => {
  test('come back with secrets wrapped and nothing that was not written', () => {
    const file = parse(
      withEndpoints(`  - uid: erp
    url: https://erp.example/hooks?shop=1
    events: [order.created, " product.* "]
    description: ""
    channels: [north, "a:b+c"]
    rateLimit: 50
    disabled: false
    headers: { X-Shop: north, Authorization: { value: "Basic \${env:ACME_SECRET}", secret: true }, X-A: { value: a } }
    secret: ${KEY}
    adopt: true
  - { uid: all, url: "http://127.0.0.1:8080/", events: all, channels: null, rateLimit: null, secretVersion: 2 }`),
    );
    const endpoints = file.tenants[0]?.endpoints;
    expect(endpoints).toEqual([
      {
        uid: 'erp',
        url: 'https://erp.example/hooks?shop=1',
        events: ['order.created', 'product.*'],
        description: '',
        channels: ['north', 'a:b+c'],
        rateLimit: 50,
        disabled: false,
        headers: {
          'X-Shop': { value: expect.any(Secret), secret: false },
          Authorization: { value: expect.any(Secret), secret: true },
          'X-A': { value: expect.any(Secret), secret: false },
        },
        secret: expect.any(Secret),
        adopt: true,
        place: 'g.yaml:7:9',
      },
      {
        uid: 'all',
        url: 'http://127.0.0.1:8080/',
        events: 'all',
        channels: null,
        rateLimit: null,
        secretVersion: 2,
        adopt: false,
        place: 'g.yaml:17:9',
      },
    ]);
    const [first] = endpoints ?? [];
    expect([first?.headers?.['Authorization']?.value.reveal(), first?.secret?.reveal()]).toEqual([
      'Basic top-s3cret',
      KEY,
    ]);
  });

  test('in the documentation are a file that is read', async () => {
    const page = await readFile(new URL('../../../../../docs/endpoints.md', import.meta.url), 'utf8');
    const [, example = ''] = /```yaml\n([^]*?)```/.exec(page) ?? [];
    const env = { ACME_ID: 'id', ACME_SECRET: 's', CRM_TOKEN: 't', CRM_SIGNING_SECRET: KEY };
    const file = parseDesiredFile(example, 'docs.yaml', { env, readFile: () => '' });
    expect(file.tenants[0]?.endpoints?.map(({ uid }) => uid)).toEqual(['erp', 'crm']);
  });

  test('have names that with the longest instance are still a uid to Svix', () => {
    const instance = `e.p_${'x'.repeat(96)}`;
    const uid = 'y'.repeat(64);
    const { tenants } = parse(`version: 1
instance: ${instance}
tenants:
  - { tenant: a, credentials: ${credentials}, subscriptions: [], endpoints: [{ uid: ${uid}, url: "https://a.example", events: all }] }
`);
    const uids = tenants.flatMap((tenant) =>
      (tenant.endpoints ?? []).map((endpoint) => endpointUid(tenant.instance, endpoint.uid)),
    );
    expect(uids).toEqual([expect.stringMatching(/^(?!ep_)[a-zA-Z0-9\-_.]{1,256}$/)]);
  });

  test('that nobody wrote are not managed, and an empty list is none', () => {
    expect(parse(withTenant('subscriptions: []')).tenants[0]).not.toHaveProperty('endpoints');
    expect(parse(withTenant('subscriptions: []\nendpoints: []')).tenants[0]).toMatchObject({ endpoints: [] });
  });

  test('of the defaults are for tenants without a list of their own', () => {
    const { tenants } = parse(`version: 1
instance: shop-eu
defaults:
  subscriptions: []
  endpoints: [{ uid: erp, url: "https://erp.example/", events: all }]
tenants:
  - { tenant: a, credentials: ${credentials} }
  - { tenant: b, credentials: ${credentials}, endpoints: [] }
`);
    expect(tenants).toMatchObject([
      { instance: 'shop-eu', endpoints: [{ uid: 'erp', place: 'g.yaml:5:15' }] },
      { instance: 'shop-eu', endpoints: [] },
    ]);
  });
});

/** Problems of the checks alone as `path: message`. */
function checked(text: string): string[] {
  const source = parseSource(text, 'g.yaml');
  const problems = 'value' in source ? checkEndpoints(source.value, source) : source;
  return problems.map(({ path, message }) => `${path}: ${message}`);
}

const AT = 'g.yaml:7:9 tenants[0].endpoints[0]';

describe('a mistake in an endpoint is said with its place', () => {
  test.each([
    ['  - { uid: erp, url: "https://erp.example/" }', `${AT}.events: is missing`],
    [
      '  - { uid: erp, url: "https://erp.example/", events: some }',
      'g.yaml:7:58 tenants[0].endpoints[0].events: must be a list of event types or globs, or the word all',
    ],
    [
      '  - { uid: erp, url: "https://erp.example/", events: [] }',
      'g.yaml:7:58 tenants[0].endpoints[0].events: must have at least 1 entry',
    ],
  ])('%s', (lines, message) => {
    expect(told(withEndpoints(lines))).toEqual([message]);
  });

  test('an event that is none', () => {
    expect(told(withEndpoints('  - { uid: erp, url: "https://erp.example/", events: [a b] }'))).toEqual([
      expect.stringContaining('tenants[0].endpoints[0].events[0]: is no event type'),
    ]);
  });

  test.each([
    ['a b', 'must be up to 64 letters'],
    ['a.b', 'must be up to 64 letters'],
    ['_a', 'must be up to 64 letters'],
    ['a'.repeat(65), 'must be up to 64 letters'],
  ])('the uid %s', (uid, message) => {
    const [problem] = told(withEndpoints(`  - { uid: "${uid}", url: "https://erp.example/", events: all }`));
    expect(problem).toContain(`endpoints[0].uid: ${message}`);
  });

  test.each(['http://erp.example/', 'ftp://erp.example/', 'erp.example', 'https://me:pass@erp.example/'])(
    'the url %s, which is not repeated',
    (url) => {
      const problems = told(withEndpoints(`  - { uid: erp, url: "${url}", events: all }`));
      expect(problems).toEqual([expect.stringContaining('endpoints[0].url: must be an https:// address')]);
      expect(problems.join()).not.toContain('pass@');
    },
  );

  test.each([
    ['channels: []', 'channels: must have at least 1 entry'],
    ['channels: ["a b"]', 'channels[0]: is no channel'],
    ['channels: [a,b,c,d,e,f,g,h,i,j,k]', 'channels: must have at most 10 entries'],
    ['rateLimit: 0', 'rateLimit: must be at least 1'],
    ['rateLimit: 65536', 'rateLimit: must be at most 65535'],
    ['description: "\\x01"', 'description: must not hold control characters'],
    ['secretVersion: 0', 'secretVersion: must be at least 1'],
    ['disabled: maybe', 'disabled: must be true or false'],
    ['secret: whsec_short', 'secret: must be whsec_ and 24 to 75 bytes in base64'],
    [`secret: ${KEY.replace('whsec_', 'whsk_')}`, 'secret: must be whsec_'],
    [`secret: whsec_${Buffer.alloc(76).toString('base64')}`, 'secret: must be whsec_'],
    [`secret: ${KEY}=`, 'secret: must be whsec_'],
    [`secret: ${KEY}, secretVersion: 1`, 'secretVersion: has no meaning beside a secret'],
    ['headers: { "a b": c }', 'headers.a b: is no name of a header'],
    ['headers: { User-Agent: c }', 'headers.User-Agent: is a header that Svix sets itself'],
    ['headers: { Svix-Id: c }', 'headers.Svix-Id: is a header that Svix refuses: names that start with svix-'],
    ['headers: { Proxy-Authorization: c }', 'names that start with proxy-'],
    ['headers: { a: b, A: b }', 'headers.A: stands twice'],
    ['headers: { a: "b\\nc" }', 'headers.a: must not hold line breaks'],
    [`headers: { a: { value: ${'ä'.repeat(2049)} } }`, 'headers.a.value: must not be longer than 4096 bytes'],
    ['headers: { a: 5 }', 'headers.a: must be a text, or a mapping of value and secret'],
    ['rate: 5', 'rate: there is no key rate here'],
  ])('%s', (keys, message) => {
    const problems = told(one(keys));
    expect(problems).toEqual([expect.stringContaining(message)]);
    expect(problems.join()).not.toMatch(/whsec_[A-Za-z0-9]/);
  });

  test('the same uid and the same URL twice', () => {
    const text = withEndpoints(`  - { uid: erp, url: "https://ERP.example", events: all }
  - { uid: erp, url: "https://erp.example/", events: [a.b] }`);
    expect(told(text)).toEqual([
      'g.yaml:8:16 tenants[0].endpoints[1].uid: endpoint erp stands here a second time, first at g.yaml:7:9',
      'g.yaml:8:26 tenants[0].endpoints[1].url: is the URL of the endpoint at g.yaml:7:9 too, and would get every event twice',
    ]);
  });

  test.each(['ep_1', '-a', 'a b', 'a'.repeat(101)])('the instance %s', (instance) => {
    expect(told(`version: 1\ninstance: "${instance}"\ntenants: []\n`)).toEqual([
      expect.stringContaining('instance: must be up to 100 letters'),
    ]);
  });
});

describe('access to Svix', () => {
  test('is by dashboard access, at ten requests a second, unless the file says more', () => {
    expect(parse(withTenant('subscriptions: []'))).toMatchObject({
      svix: { requestsPerSecond: 10 },
      tenants: [{ svix: { filterField: 'eventTypes' } }],
    });
  });

  test('is merged key by key', () => {
    const file = parse(`version: 1
svix: { requestsPerSecond: 2.5 }
defaults: { subscriptions: [], svix: { url: "https://api.us.svix.com/", filterField: filterTypes, app: x } }
tenants:
  - { tenant: a, credentials: ${credentials}, svix: { app: app_1, apiKey: "\${env:ACME_SECRET}" } }
`);
    expect(file).toMatchObject({ svix: { requestsPerSecond: 2.5 } });
    expect(file.tenants[0]?.svix).toEqual({
      url: 'https://api.us.svix.com',
      app: 'app_1',
      filterField: 'filterTypes',
      apiKey: expect.any(Secret),
    });
    expect(file.tenants[0]?.svix.apiKey?.reveal()).toBe('top-s3cret');
  });

  test.each([
    ['{ url: "http://svix.example" }', 'svix.url: must be an https:// address'],
    ['{ app: "a/b" }', 'svix.app: must be the uid or id of an application'],
    ['{ filterField: types }', 'svix.filterField: must be eventTypes or filterTypes'],
    ['{ requestsPerSecond: 5 }', 'svix.requestsPerSecond: there is no key'],
  ])('%s', (svix, message) => {
    expect(told(withTenant(`subscriptions: []\nsvix: ${svix}`))).toEqual([expect.stringContaining(message)]);
  });

  const ENDPOINTS = 'endpoints: [{ uid: erp, url: "https://erp.example/", events: all }]';

  test.each([
    ['delivery: { provider: HTTP }', 'endpoints are Svix’s, and with delivery.provider HTTP nothing goes through Svix'],
    ['delivery: { provider: SVIX }', 'endpoints in a Svix account of one’s own cannot be reached without its API key'],
    ['delivery: { provider: SVIX }\nsvix: { apiKey: k }', undefined],
    ['delivery: { provider: SVIX, apiKey: k }', undefined],
    ['delivery: { provider: SVIX_SHARED }', undefined],
    [
      'delivery: { provider: SVIX_SHARED }\nsvix: { apiKey: k }',
      'svix.apiKey reaches an account of one’s own, and SVIX_SHARED delivers through the one of Emporix',
    ],
    ['svix: { apiKey: k }', undefined],
  ])('has to fit the provider: %s', (lines, message) => {
    const found = message === undefined ? [] : [message];
    expect(checked(withTenant(`${lines}\n${ENDPOINTS}`))).toEqual(found.map((text) => `tenants[0].endpoints: ${text}`));
    const inherited = `version: 1\ndefaults:\n${lines.replaceAll(/^/gm, '  ')}\n  ${ENDPOINTS}\ntenants:\n  - tenant: a\n`;
    expect(checked(inherited)).toEqual(found.map((text) => `tenants[0]: ${text}`));
    expect(checked(withTenant(lines))).toEqual([]);
  });

  test('no problem repeats a secret', () => {
    const problems = problemsOf(one('secret: whsec_s3cret, headers: { Svix-Id: s3cret, x: "s3cret\\n" }'));
    expect(problems).toHaveLength(3);
    expect(JSON.stringify(problems)).not.toContain('s3cret');
  });
});
