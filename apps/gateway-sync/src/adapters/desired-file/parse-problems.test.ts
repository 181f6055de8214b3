import { describe, expect, test } from 'vitest';
import { credentials, problemsOf, told, withTenant } from '../../../test/support/desired-files.js';

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
    ['svix.url', 'svix: { url: "http://localhost:4010" }', 'g.yaml:3:9'],
    ['prune', 'prune: owned', 'g.yaml:3:1'],
  ])('is a key of tenants at the top, and says where it belongs: %s', (path, line, place) => {
    expect(problemsOf(`version: 1\ntenants: []\n${line}\n`)).toEqual([
      {
        place,
        path,
        message: expect.stringContaining('there is no key'),
        remedy: `write ${path} under the tenant or defaults`,
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

  test.each([
    ['shed: on', { message: 'must be off or advise or enforce' }],
    ['shed: enforced', { message: 'must be off or advise or enforce', remedy: 'did you mean enforce?' }],
    ['ladder: []', { message: 'must have at least 1 entry' }],
    [`warnAt: [${Array(21).fill(1).join()}]`, { message: 'must have at most 20 entries' }],
    ['timeZone: "+02:00"', { message: 'must be the name of a time zone such as Europe/Berlin' }],
    ['timeZone: "-0800"', { message: 'must be the name of a time zone such as Europe/Berlin' }],
    ['timeZone: Mars/Olympus', { message: 'must be the name of a time zone such as Europe/Berlin' }],
  ])('of a quota is said in words that help: %s', (line, problem) => {
    const [first, ...more] = problemsOf(withTenant(`subscriptions: []\nquota: { ${line} }`));
    expect([first, more]).toEqual([{ ...problem, place: expect.any(String), path: expect.any(String) }, []]);
  });

  test.each(['UTC', 'Europe/Berlin', 'Etc/GMT+2', 'America/Argentina/Buenos_Aires'])(
    'is none in the zone %s',
    (zone) => {
      expect(problemsOf(withTenant(`subscriptions: []\nquota: { timeZone: ${zone} }`))).toEqual([]);
    },
  );

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
