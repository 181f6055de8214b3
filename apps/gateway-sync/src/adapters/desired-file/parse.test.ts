import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ConfigError, type ConfigProblem } from '../../core/errors.js';
import { Secret } from '../../core/secret.js';
import type { DesiredFile } from './desired-file.js';
import type { Surroundings } from './interpolate.js';
import { parseDesiredFile } from './parse.js';

const surroundings: Surroundings = {
  env: { ACME_ID: 'id-1', ACME_SECRET: 'top-s3cret', NUMBER: '00123', EMPTY: '' },
  readFile: (path) => {
    if (path === '/run/secrets/acme') return 'from-a-file\n';
    throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
  },
};

const parse = (text: string, path = 'g.yaml') => parseDesiredFile(text, path, surroundings);

function problemsOf(text: string): readonly ConfigProblem[] {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

/** Problems as `place path: message`. */
const told = (text: string) => problemsOf(text).map(({ place, path, message }) => `${place} ${path}: ${message}`);

const credentials = '{ clientId: id, clientSecret: secret }';
const withTenant = (lines: string) =>
  `version: 1\ntenants:\n  - tenant: acme\n    credentials: ${credentials}\n${lines.replaceAll(/^/gm, '    ')}\n`;

describe('a whole file', () => {
  test('comes back with defaults merged in, units resolved and secrets wrapped', () => {
    const file = parse(`version: 1
emporix: { baseUrl: "http://127.0.0.1:4010/", requestsPerSecond: 25, timeout: 1.5s }
sync: { interval: 30s, maxInterval: 10m, jitter: 5%, concurrency: 4 }
defaults:
  mode: observe
  prune: none
  guards: { maxPrunePercent: 40%, protect: [order.created] }
  quota: { warnAt: [90%, 50] }
tenants:
  - tenant: acme
    credentials: { clientId: "\${env:ACME_ID}", clientSecret: "\${env:ACME_SECRET}" }
    guards: { minSubscriptions: 3 }
    subscriptions:
      - event: catalog.created
      - event: "product.*"
        excludedFields: [description]
        priority: 2
  - tenant: beta
    credentials: { clientId: b, clientSecret: "\${file:/run/secrets/acme}" }
    mode: enforce
    prune: all
    guards: { protect: [] }
    quota: { warnAt: [] }
    subscriptions: []
`);
    expect(file).toEqual({
      path: 'g.yaml',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      emporix: { baseUrl: 'http://127.0.0.1:4010', requestsPerSecond: 25, timeoutMs: 1500 },
      sync: { intervalMs: 30_000, maxIntervalMs: 600_000, jitterPercent: 5, concurrency: 4 },
      tenants: [
        {
          tenant: 'acme',
          mode: 'observe',
          prune: 'none',
          guards: { maxPrunePercent: 40, minSubscriptions: 3, protect: ['order.created'], allowEmpty: false },
          subscriptions: [
            { event: 'catalog.created', place: 'g.yaml:14:9' },
            { event: 'product.*', excludedFields: ['description'], priority: 2, place: 'g.yaml:15:9' },
          ],
          quota: { warnAt: [50, 90] },
          credentials: { clientId: 'id-1', clientSecret: expect.any(Secret) },
          place: 'g.yaml:10:5',
        },
        {
          tenant: 'beta',
          mode: 'enforce',
          prune: 'all',
          guards: { maxPrunePercent: 40, minSubscriptions: 10, protect: [], allowEmpty: false },
          subscriptions: [],
          quota: { warnAt: [] },
          credentials: { clientId: 'b', clientSecret: expect.any(Secret) },
          place: 'g.yaml:18:5',
        },
      ],
    } satisfies DesiredFile);
    expect(file.tenants.map(({ credentials: { clientSecret } }) => clientSecret.reveal())).toEqual([
      'top-s3cret',
      'from-a-file',
    ]);
  });

  test('needs little more than its tenants', () => {
    expect(parse(withTenant('subscriptions: [{ event: a.b }]'))).toMatchObject({
      emporix: { baseUrl: 'https://api.emporix.io', requestsPerSecond: 10, timeoutMs: 30_000 },
      sync: { intervalMs: 300_000, maxIntervalMs: 3_600_000, jitterPercent: 10, concurrency: 16 },
      tenants: [
        {
          mode: 'enforce',
          prune: 'owned',
          guards: { maxPrunePercent: 30, minSubscriptions: 10, protect: [], allowEmpty: false },
          quota: { warnAt: [70, 85, 95] },
        },
      ],
    });
  });

  test('may be JSON, with tabs', () => {
    const text = `{\n\t"version": 1,\n\t"tenants": [{"tenant": "acme", "credentials": {"clientId": "i", "clientSecret": "s"},\n\t\t"subscriptions": [{"event": "a.b"}]}]\n}`;
    expect(parse(text, 'g.json').tenants[0]?.subscriptions).toEqual([{ event: 'a.b', place: 'g.json:4:21' }]);
  });

  test('gives tenants without a list the one of the defaults', () => {
    const text = `version: 1\ndefaults: { subscriptions: [{ event: a.b }] }\ntenants:\n  - { tenant: acme, credentials: ${credentials} }\n`;
    expect(parse(text).tenants[0]?.subscriptions).toEqual([{ event: 'a.b', place: 'g.yaml:2:29' }]);
  });

  test('may use anchors', () => {
    const text = `${withTenant('subscriptions: &list [{ event: a.b }]')}  - { tenant: beta, credentials: ${credentials}, subscriptions: *list }\n`;
    expect(parse(text).tenants.map(({ subscriptions }) => subscriptions[0]?.event)).toEqual(['a.b', 'a.b']);
  });

  test('has a hash that changes with its text', () => {
    const text = withTenant('subscriptions: []');
    expect([parse(text).hash === parse(text).hash, parse(text).hash === parse(`${text}#`).hash]).toEqual([true, false]);
  });

  test('never shows a secret, printed in whatever way', () => {
    const file = parse(
      withTenant('subscriptions: []').replace('clientSecret: secret', 'clientSecret: "${env:ACME_SECRET}"'),
    );
    expect(inspect(file, { depth: null, showHidden: true }) + JSON.stringify(file)).not.toContain('top-s3cret');
  });
});

describe('a problem', () => {
  test('names place, path, what is wrong and what to do', () => {
    expect(problemsOf(withTenant('subscriptions: [{ evnt: a.b }]'))).toEqual([
      {
        place: 'g.yaml:5:21',
        path: 'tenants[0].subscriptions[0].event',
        message: 'is missing',
        remedy: 'add it',
      },
      {
        place: 'g.yaml:5:23',
        path: 'tenants[0].subscriptions[0].evnt',
        message: 'there is no key evnt here',
        remedy: 'did you mean event?',
      },
    ]);
  });

  test('does not hide the others, whatever kind they are, and all come in the order of the file', () => {
    expect(
      told(`version: 2
emporix: { baseUrl: http://api.example, timeout: soon, requestsPerSecond: 0 }
sync: { interval: 10m, maxInterval: 5m, jitter: 100%, concurrency: 1.5 }
defaults: { mode: enforced, guards: { maxPrunePercent: 120, minSubscriptions: -1, protect: ["a b"] } }
tenants:
  - tenant: ACME
    credentials: { clientId: "", clientSecret: "\${env:NOPE}" }
    subscriptions:
      - { event: "a.{b", excludedFields: [" "], priority: 10 }
      - { event: x.y, excludedFields: [a] }
      - { event: X.Y, excludedFields: [b] }
  - tenant: twice
    credentials: ${credentials}
    subscriptions: {}
  - { tenant: twice, credentials: 7 }
extra: 1
`),
    ).toEqual([
      'g.yaml:1:10 version: must be 1',
      'g.yaml:2:21 emporix.baseUrl: must be an https:// address (http:// only on this machine), without query or user',
      'g.yaml:2:50 emporix.timeout: must be a duration such as 500ms, 30s, 5m or 1h, or a whole number of milliseconds',
      'g.yaml:2:75 emporix.requestsPerSecond: must be more than 0',
      'g.yaml:3:37 sync.maxInterval: must not be shorter than sync.interval',
      'g.yaml:3:49 sync.jitter: must be from 0% to less than 100%',
      'g.yaml:3:68 sync.concurrency: must be a whole number',
      'g.yaml:4:19 defaults.mode: must be enforce or observe',
      'g.yaml:4:56 defaults.guards.maxPrunePercent: must be from 0% to 100%',
      'g.yaml:4:79 defaults.guards.minSubscriptions: must be at least 0',
      'g.yaml:4:93 defaults.guards.protect[0]: is no event type: an event type has letters, digits, dots, hyphens and underscores; a glob also *, ? and {a,b}',
      'g.yaml:6:13 tenants[0].tenant: must be an Emporix tenant: up to 64 lower-case letters, digits, hyphens and underscores',
      'g.yaml:7:30 tenants[0].credentials.clientId: must not be empty',
      'g.yaml:7:48 tenants[0].credentials.clientSecret: the environment has no NOPE',
      'g.yaml:9:18 tenants[0].subscriptions[0].event: is no glob: braces must be closed, must not nest, and commas belong inside them',
      'g.yaml:9:43 tenants[0].subscriptions[0].excludedFields[0]: must not be blank',
      'g.yaml:9:59 tenants[0].subscriptions[0].priority: must be at most 9',
      'g.yaml:11:9 tenants[0].subscriptions[2]: entries disagree about x.y: g.yaml:10:9, g.yaml:11:9',
      'g.yaml:14:20 tenants[1].subscriptions: must be a list, not a mapping',
      'g.yaml:15:5 tenants[2].subscriptions: is missing, and defaults have none',
      'g.yaml:15:15 tenants[2].tenant: tenant twice stands here a second time, first at g.yaml:12:13',
      'g.yaml:15:35 tenants[2].credentials: must be a mapping, not a number',
      'g.yaml:16:1 extra: there is no key extra here',
    ]);
  });

  test.each([
    ['tenants[0].delivery', withTenant('subscriptions: []\ndelivery: { provider: PIGEON }'), 'g.yaml:6:5'],
    ['tenants[0].endpoints', withTenant('subscriptions: []\nendpoints: []'), 'g.yaml:6:5'],
    ['tenants[0].quota.shed', withTenant('subscriptions: []\nquota: { warnAt: [70], shed: advise }'), 'g.yaml:6:28'],
    ['defaults.quota.shed', 'version: 1\ntenants: []\ndefaults: { quota: { shed: enforce } }\n', 'g.yaml:3:22'],
  ])('is a key of a later version: %s', (path, text, place) => {
    expect(problemsOf(text)).toEqual([
      {
        place,
        path,
        message: expect.stringMatching(/ is not yet supported in this version$/),
        remedy: expect.stringMatching(/^remove /),
      },
    ]);
  });

  test.each([
    [
      'the same key twice',
      'version: 1\nversion: 1\ntenants: []\n',
      'g.yaml:2:1 : the same key stands twice in one mapping',
    ],
    ['text that is no YAML', 'version: 1\ntenants: [\n', /^g\.yaml:3:1 : /],
    ['an alias of nothing', 'version: 1\ntenants: *nowhere\n', /^g\.yaml:2:10 : /],
    ['a tag nobody knows', 'version: 1\ntenants: !list []\n', /^g\.yaml:2:10 : /],
    ['two documents', 'version: 1\ntenants: []\n---\nversion: 1\n', /^g\.yaml:3:1 : /],
    ['an empty file', '', /^g\.yaml:1:1 : must be a mapping, not nothing/],
    ['a list', '- 1\n', 'g.yaml:1:1 : must be a mapping, not a list'],
    [
      'brackets without end',
      `version: 1\ntenants: ${'['.repeat(200)}${']'.repeat(200)}\n`,
      'g.yaml:1:1 : nested more than 64 levels deep',
    ],
    ['brackets beyond any stack', `tenants: ${'['.repeat(100_000)}`, /nested more than 64 levels deep|g\.yaml:1/],
    [
      'aliases that multiply',
      [
        'a: &a [1,1,1,1,1,1,1,1,1,1]',
        ...['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh', 'hi'].map(
          ([from, to]) => `${to}: &${to} [${Array(10).fill(`*${from}`).join()}]`,
        ),
      ].join('\n'),
      'g.yaml:1:1 : aliases multiply too much',
    ],
  ])('is %s', (_, text, expected) => {
    expect(told(text)[0]).toMatch(expected);
  });

  test('is told once where a reference leads nowhere', () => {
    expect(told(withTenant('subscriptions: []').replace('tenant: acme', 'tenant: "${env:NOPE}"'))).toEqual([
      'g.yaml:3:13 tenants[0].tenant: the environment has no NOPE',
    ]);
  });

  test('shows no value of a secret', () => {
    const text = withTenant('subscriptions: []').replace(
      credentials,
      '{ clientId: 5, clientSecret: [hunter2], extra: "${env:ACME_SECRET}" }',
    );
    expect(told(text)).toHaveLength(3);
    expect(told(text).join()).not.toMatch(/hunter2|top-s3cret/);
  });
});

const problemsWithAddress = (baseUrl: string) =>
  told(`version: 1\ntenants: []\nemporix: { baseUrl: "${baseUrl}" }\n`).length;

describe('a base address', () => {
  test('is https, or http on this machine', () => {
    expect(
      ['https://api.emporix.io', 'http://localhost:1', 'http://127.0.0.1', 'http://[::1]:4010/x'].map(
        problemsWithAddress,
      ),
    ).toEqual([0, 0, 0, 0]);
  });

  test('is nothing else', () => {
    const wrong = [
      'http://api.emporix.io',
      'http://127.0.0.1.evil.example',
      'ftp://x',
      'nonsense',
      'https://u:p@x',
      'https://x/?q',
    ];
    expect(wrong.map(problemsWithAddress)).toEqual(wrong.map(() => 1));
  });
});

test.each([
  ['500ms', 500],
  ['30s', 30_000],
  ['1.5m', 90_000],
  ['2h', 7_200_000],
  ['1d', 86_400_000],
  ['2500', 2500],
])('an interval of %s is %d ms', (written, expected) => {
  const text = `version: 1\ntenants: []\nsync: { interval: ${written}, maxInterval: 24d }\n`;
  expect(parse(text).sync.intervalMs).toBe(expected);
});

test.each(['0s', '25d', '-5', '5 minutes', '1.5', '""'])('an interval of %s is refused', (written) => {
  expect(told(`version: 1\ntenants: []\nsync: { interval: ${written} }\n`)).toHaveLength(1);
});
