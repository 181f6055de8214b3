import { expect, it } from 'vitest';
import { scaledRules } from '../src/scaled-rules.ts';

const NOW = 'scalar(max(gateway_sync_scheduler_last_tick_timestamp_seconds))';

it('rules for a test are the same but for how long things last and what time it is', () => {
  const labels = { severity: 'warning' };
  const rules = [
    { alert: 'Slow', expr: 'time() - x > 3 * 3600', for: '1h', labels },
    { alert: 'Steep', expr: 'rate(x[15m]) > rate(x[3h])', for: '5m' },
    { record: 'y', expr: 'x / 2' },
  ];
  expect(scaledRules({ groups: [{ name: 'g', rules }] })).toEqual({
    groups: [
      {
        name: 'g',
        rules: [
          { alert: 'Slow', expr: `${NOW} - x > 3 * 3600`, for: '4s', labels },
          { alert: 'Steep', expr: 'rate(x[5s]) > rate(x[12s])', for: '1s' },
          { record: 'y', expr: 'x / 2' },
        ],
      },
    ],
  });
});

it('a duration that is none is not taken for one', () => {
  const rules = [{ alert: 'x', expr: 'x', for: 'soon' }];
  expect(() => scaledRules({ groups: [{ name: 'g', rules }] })).toThrow('not a duration: soon');
});
