import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { credentials, parse, told, withTenant } from '../../../test/support/desired-files.js';
import { QUOTA_POLICY } from '../../../test/support/values.js';
import { Secret } from '../../core/secret.js';
import type { DesiredFile } from './desired-file.js';

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
      instance: 'gateway-sync',
      emporix: { baseUrl: 'http://127.0.0.1:4010', requestsPerSecond: 25, timeoutMs: 1500 },
      svix: { requestsPerSecond: 10 },
      sync: { intervalMs: 30_000, maxIntervalMs: 600_000, jitterPercent: 5, concurrency: 4 },
      guards: { maxTenantRemovalPercent: 30, minTenants: 10 },
      retention: { auditDays: 400, quotaDays: 400 },
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
          quota: { ...QUOTA_POLICY, warnAt: [50, 90] },
          instance: 'gateway-sync',
          svix: { filterField: 'eventTypes' },
          credentials: { clientId: 'id-1', clientSecret: expect.any(Secret) },
          place: 'g.yaml:10:5',
        },
        {
          tenant: 'beta',
          mode: 'enforce',
          prune: 'all',
          guards: { maxPrunePercent: 40, minSubscriptions: 10, protect: [], allowEmpty: false },
          subscriptions: [],
          quota: { ...QUOTA_POLICY, warnAt: [] },
          instance: 'gateway-sync',
          svix: { filterField: 'eventTypes' },
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
          quota: QUOTA_POLICY,
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
