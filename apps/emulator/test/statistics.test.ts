import { expect, test } from 'vitest';
import type { EmulatorOptions } from '../src/index.js';
import { INVALID, openBench, serviceError } from './support.js';

const usage = { '2026-08': 5, '2026-10': 40, '2026-11': 7 };
const month = (statisticsMonth: string, succesfullySentWebhooks: number): object => ({
  statisticsMonth,
  succesfullySentWebhooks,
});

function statistics(query = '', options: EmulatorOptions = {}) {
  return openBench({ tenants: [{ tenant: 'acme', usage }], ...options }).call('GET', `/statistics${query}`);
}

test.for([
  ['', [month('2026-11', 7), month('2026-10', 40), month('2026-08', 5)]],
  ['?fromYearMonth=2026-10', [month('2026-11', 7), month('2026-10', 40)]],
  ['?toYearMonth=2026-10', [month('2026-10', 40), month('2026-08', 5)]],
  ['?fromYearMonth=2026-10&toYearMonth=2026-10', [month('2026-10', 40)]],
  ['?fromYearMonth=2026-09&toYearMonth=2026-09', []],
  ['?fromYearMonth=2026-11&toYearMonth=2026-10', []],
] as const)('counts by month, newest first, both ends included: %s', async ([query, monthStatistics]) => {
  expect((await statistics(query)).body).toEqual({ monthStatistics, webhooksLimit: 10_000 });
});

test('by quirk shows months without a row as zero', async () => {
  const quirks = { monthsWithoutRow: 'zero' } as const;
  expect((await statistics('?fromYearMonth=2026-07&toYearMonth=2026-09', { quirks })).body).toMatchObject({
    monthStatistics: [month('2026-09', 0), month('2026-08', 5), month('2026-07', 0)],
  });
  const { body } = await statistics('', { quirks });
  expect(body).toMatchObject({
    monthStatistics: [month('2026-11', 7), month('2026-10', 40), month('2026-09', 0), month('2026-08', 5)],
  });
});

test('by quirk shows the current month only, when no range is given', async () => {
  const quirks = { statisticsWithoutRange: 'current-month' } as const;
  expect((await statistics('', { quirks })).body).toMatchObject({ monthStatistics: [month('2026-11', 7)] });
  expect((await statistics('?fromYearMonth=2026-10', { quirks })).body).toMatchObject({
    monthStatistics: [month('2026-11', 7), month('2026-10', 40)],
  });
});

test.for(['2026-13', '2026-1', 'november', '2026-11-01'])('refuses the month %s', async (value) => {
  const { status, body } = await statistics(`?fromYearMonth=${value}`);
  expect({ status, body }).toEqual({
    status: 400,
    body: serviceError(400, 'Bad Request', INVALID, [
      'query.fromYearMonth: must match pattern "^[0-9]{4}-(0[1-9]|1[0-2])$"',
    ]),
  });
});

test('by quirk does as if a malformed month were not there', async () => {
  const { status, body } = await statistics('?fromYearMonth=2026-13&toYearMonth=2026-08', {
    quirks: { malformedMonth: 'ignored' },
  });
  expect([status, body]).toEqual([200, { monthStatistics: [month('2026-08', 5)], webhooksLimit: 10_000 }]);
});

test('a month without a row is one of which nothing was ever counted', async () => {
  const { control, call } = openBench({ tenants: [{ tenant: 'acme', usage }] });
  expect((await control('POST', '/tenants/acme/usage', { month: '2026-11', set: null })).body).toMatchObject({
    used: 0,
  });
  expect((await call('GET', '/statistics?fromYearMonth=2026-10')).body).toMatchObject({
    monthStatistics: [month('2026-10', 40)],
  });
});

test('what is added can show later, as if it was counted late', async () => {
  const { emulator, control, call } = openBench({ tenants: [{ tenant: 'acme', limit: 5 }] });
  emulator.clock.freeze();
  const shown = async () => (await call('GET', '/statistics')).body;
  const add = async (body: object) => (await control('POST', '/tenants/acme/usage', body)).body;
  expect(await add({ delayMs: 3_600_000, add: 3 })).toMatchObject({ used: 3 });
  expect(await shown()).toMatchObject({ monthStatistics: [] });
  await emulator.advance(1_800_000);
  await add({ add: 2 });
  await emulator.advance(1_799_999);
  expect(await shown()).toMatchObject({ monthStatistics: [] });
  await emulator.advance(1);
  expect(await shown()).toMatchObject({ monthStatistics: [{ succesfullySentWebhooks: 3 }] });
  await add({ delayMs: 0, add: 1 });
  expect(await shown()).toMatchObject({ monthStatistics: [{ succesfullySentWebhooks: 4 }] });
  await emulator.advance(1_800_000);
  expect(await shown()).toMatchObject({ monthStatistics: [{ succesfullySentWebhooks: 6 }] });
});

test('the current month is the UTC one of the clock', async () => {
  const { emulator, control, call } = openBench({ now: () => Date.UTC(2026, 11, 31, 23, 59, 59, 999) });
  await control('POST', '/tenants/acme/usage', { add: 3 });
  emulator.clock.freeze();
  await emulator.advance(1);
  await control('POST', '/tenants/acme/usage', { add: 4, limit: 500 });
  expect((await call('GET', '/statistics')).body).toEqual({
    monthStatistics: [month('2027-01', 4), month('2026-12', 3)],
    webhooksLimit: 500,
  });
});

test('months begin at midnight of the zone that the control API gives a tenant', async () => {
  const { emulator, control, call } = openBench({ tenants: [{ tenant: 'acme' }, { tenant: 'utc' }] });
  const subscription = { eventType: 'order.created', subscription: 'SUBSCRIBED' } as const;
  emulator.seed(...['acme', 'utc'].map((tenant) => ({ tenant, subscriptions: [subscription] })));
  expect((await control('POST', '/tenants/acme/usage', { timeZone: 'Europe/Berlin' })).status).toBe(200);
  expect((await control('POST', '/tenants/acme/usage', { timeZone: 'Europe/Atlantis' })).status).toBe(400);
  for (const now of ['2026-10-31T22:59:59.999Z', '2026-10-31T23:00:00Z']) {
    await control('POST', '/clock/freeze', { now });
    for (const tenant of ['acme', 'utc']) await emulator.emit(tenant, { type: 'order.created' });
  }
  expect((await call('GET', '/statistics')).body).toMatchObject({
    monthStatistics: [month('2026-11', 1), month('2026-10', 1)],
  });
  expect(emulator.state('utc')).toMatchObject({ usage: { '2026-10': 2 } });
});
