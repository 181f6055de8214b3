import { describe, expect, test } from 'vitest';
import { parse, told, withTenant } from '../../../test/support/desired-files.js';

const bytes = (count: number) => `whsec_${Buffer.alloc(count, 7).toString('base64')}`;
const notify = (secret: string, rest = '') => `notify: { url: "https://ops.example/in?a=b", secret: ${secret}${rest} }`;
const withTop = (lines: string) => `${withTenant('subscriptions: []')}${lines}\n`;

describe('requests of one process', () => {
  test('are limited where the file says so, and otherwise only together with the others', () => {
    const file = parse(
      withTop('emporix: { requestsPerSecond: 20, requestsPerSecondPerProcess: 7.5 }\nsvix: { requestsPerSecond: 5 }'),
    );
    expect(file.emporix).toMatchObject({ requestsPerSecond: 20, requestsPerSecondPerProcess: 7.5 });
    expect(file.svix).toEqual({ requestsPerSecond: 5 });
    const other = parse(withTop('svix: { requestsPerSecondPerProcess: 10 }'));
    expect(other.svix).toEqual({ requestsPerSecond: 10, requestsPerSecondPerProcess: 10 });
  });

  test.each([
    ['emporix: { requestsPerSecond: 5, requestsPerSecondPerProcess: 6 }', '6:63', 'emporix'],
    ['svix: { requestsPerSecondPerProcess: 11 }', '6:38', 'svix'],
  ])('cannot be more than those of all: %s', (lines, place, section) => {
    expect(told(withTop(lines))).toEqual([
      `g.yaml:${place} ${section}.requestsPerSecondPerProcess: must not be more than ${section}.requestsPerSecond, which is what all processes may do together`,
    ]);
  });
});

describe('retention', () => {
  test('is 400 days unless the file says another number', () => {
    expect(parse(withTop('')).retention).toEqual({ auditDays: 400, quotaDays: 400 });
    expect(parse(withTop('retention: { auditDays: 1 }')).retention).toEqual({ auditDays: 1, quotaDays: 400 });
  });

  test.each(['0', '-1', '1.5', '"30d"', '36501'])('cannot be %s days', (days) => {
    expect(told(withTop(`retention: { quotaDays: ${days} }`))).toHaveLength(1);
  });
});

describe('guards of the file', () => {
  test('let 30 % of ten tenants or more go unless the file says another share', () => {
    expect(parse(withTop('')).guards).toEqual({ maxTenantRemovalPercent: 30, minTenants: 10 });
    expect(parse(withTop('guards: { maxTenantRemovalPercent: 55.5%, minTenants: 0 }')).guards).toEqual({
      maxTenantRemovalPercent: 55.5,
      minTenants: 0,
    });
  });

  test('are not those of a tenant', () => {
    expect(told(withTop('guards: { maxPrunePercent: 30 }'))).toEqual([
      'g.yaml:6:11 guards.maxPrunePercent: there is no key maxPrunePercent here',
    ]);
    expect(told(withTenant('subscriptions: []\nguards: { minTenants: 3 }'))).toEqual([
      'g.yaml:6:15 tenants[0].guards.minTenants: there is no key minTenants here',
    ]);
  });
});

describe('notify', () => {
  test('is absent unless the file has it, and waits 15 s for an answer', () => {
    expect(parse(withTop(''))).not.toHaveProperty('notify');
    const settings = parse(withTop(notify(bytes(24)))).notify;
    expect(settings).toMatchObject({ url: 'https://ops.example/in?a=b', timeoutMs: 15_000 });
    expect(settings?.secret.reveal()).toBe(bytes(24));
    expect(parse(withTop(notify(bytes(64), ', timeout: 1m'))).notify?.timeoutMs).toBe(60_000);
  });

  test.each([bytes(23), bytes(65), bytes(32).slice('whsec_'.length), 'whsec_$$$', '"whsec_ "'])(
    'takes no other secret, and does not quote it: %s',
    (secret) => {
      expect(told(withTop(notify(secret)))).toEqual([
        'g.yaml:6:54 notify.secret: must be whsec_ and 24 to 64 bytes in base64',
      ]);
    },
  );

  test.each([
    ['http://ops.example/in', 'must be an https:// address (http:// only on this machine), without user'],
    ['https://me:pass@ops.example/in', 'must be an https:// address (http:// only on this machine), without user'],
  ])('is not sent to %s', (url, message) => {
    expect(told(withTop(`notify: { url: "${url}", secret: ${bytes(32)} }`))).toEqual([
      `g.yaml:6:16 notify.url: ${message}`,
    ]);
  });

  test('waits no longer than a minute', () => {
    expect(told(withTop(notify(bytes(24), ', timeout: 61s')))).toEqual([
      expect.stringContaining('notify.timeout: must not be longer than 1m'),
    ]);
  });
});
