import { describe, expect, it } from 'vitest';
import { notificationsOf } from './notification.js';
import type { Forecast } from './quota-state.js';
import { quotaUsage } from './quota.js';

const AT = Date.parse('2026-11-20T12:00:00Z');
const usage = (sent: number, limit?: number, warnAt: readonly number[] = [70, 85, 95]) =>
  quotaUsage({ ...(limit !== undefined && { limit }), months: [{ month: '2026-11', sent }] }, '2026-11', warnAt);
const forecast = (exhaustedAt?: number): Forecast => ({
  month: '2026-11',
  at: AT,
  ratePerDay: 500,
  projected: 12_900,
  low: 12_000,
  high: 14_000,
  ...(exhaustedAt !== undefined && { exhaustedAt }),
  basis: 'rate',
});
const subjects = (...look: Parameters<typeof notificationsOf>) =>
  notificationsOf(...look).map(({ subject }) => subject);

describe('what a tenant is told of', () => {
  it('is every threshold reached, as Standard Webhooks has it', () => {
    const state = { at: AT, forecast: forecast() };
    expect(notificationsOf('acme', { usage: usage(7_200, 10_000), state })).toEqual([
      {
        tenant: 'acme',
        subject: 'quota.threshold_reached 2026-11 70 10000',
        at: AT,
        payload: {
          type: 'quota.threshold_reached',
          timestamp: '2026-11-20T12:00:00.000Z',
          data: {
            tenant: 'acme',
            month: '2026-11',
            threshold: 70,
            used: 7_200,
            limit: 10_000,
            percent: 72,
            at: '2026-11-20T12:00:00.000Z',
            forecast: { projected: 12_900, exhaustedAt: null },
          },
        },
      },
    ]);
  });

  it('is the end of the quota once, whether or not it is among the thresholds', () => {
    const reached = ['70', '85', '95'].map((threshold) => `quota.threshold_reached 2026-11 ${threshold} 100`);
    const end = 'quota.exhausted 2026-11 100 100';
    expect(subjects('acme', { usage: usage(100, 100), state: { at: AT } })).toEqual([...reached, end]);
    expect(subjects('acme', { usage: usage(130, 100, [100]), state: { at: AT } })).toEqual([end]);
    expect(subjects('acme', { usage: usage(99.9, 100, []), state: { at: AT } })).toEqual([]);
  });

  it('is the forecast that it ends early, as long as it has not', () => {
    const state = { at: AT, forecast: forecast(Date.parse('2026-11-25T03:00:00Z')) };
    const [early] = notificationsOf('acme', { usage: usage(60, 100), state });
    expect(early).toMatchObject({
      subject: 'quota.exhaustion_forecast 2026-11 100',
      payload: { data: { percent: 60, forecast: { exhaustedAt: '2026-11-25T03:00:00.000Z' } } },
    });
    expect(early?.payload['data']).not.toHaveProperty('threshold');
    expect(subjects('acme', { usage: usage(100, 100, []), state })).toEqual(['quota.exhausted 2026-11 100 100']);
    const ofOctober = { at: AT, forecast: { ...forecast(AT), month: '2026-10' } };
    expect(subjects('acme', { usage: usage(60, 100), state: ofOctober })).toEqual([]);
  });

  it('counts anew with another limit', () => {
    expect(subjects('acme', { usage: usage(75, 100), state: { at: AT } })).not.toEqual(
      subjects('acme', { usage: usage(150, 200), state: { at: AT } }),
    );
  });

  it('is nothing while the usage or the limit is unknown', () => {
    expect(notificationsOf('acme', { state: { at: AT } })).toEqual([]);
    expect(notificationsOf('acme', { usage: usage(75), state: { at: AT, forecast: forecast(AT) } })).toEqual([]);
    expect(notificationsOf('acme', { usage: usage(75, 0), state: { at: AT } })).toEqual([]);
  });
});
