import type { Rule, RuleFile } from './rules.ts';

/** A quarter of an hour becomes a second. */
const FACTOR = 900;
/** Two scrapes and a little, so that there is a rate. */
const SHORTEST_RANGE_SECONDS = 5;
const SECONDS = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86_400],
]);

/**
 * The same rules for a test that lasts a minute and not a month, and for a service whose clock is moved:
 *
 * - what has to hold `for` some time has to for a 900th of it, and a range is as much shorter (five seconds at least);
 * - `time()` is the service's own, as its newest heartbeat tells, because Prometheus lives at another time.
 *
 * Thresholds, ages and everything else stay as they are.
 */
export function scaledRules({ groups }: RuleFile): RuleFile {
  return { groups: groups.map((group) => ({ ...group, rules: group.rules.map(scaled) })) };
}

function scaled(rule: Rule): Rule {
  const expr = rule.expr
    .replaceAll(/\[(\d+[smhd])\]/g, (_, range: string) => `[${Math.max(shortened(range), SHORTEST_RANGE_SECONDS)}s]`)
    .replaceAll('time()', 'scalar(max(gateway_sync_scheduler_last_tick_timestamp_seconds))');
  return { ...rule, expr, ...(rule.for !== undefined && { for: `${shortened(rule.for)}s` }) };
}

/** In seconds, one at least. */
function shortened(duration: string): number {
  const [, count, unit = ''] = /^(\d+)(\w)$/.exec(duration) ?? [];
  const seconds = Number(count) * (SECONDS.get(unit) ?? Number.NaN);
  if (Number.isNaN(seconds)) throw new Error(`not a duration: ${duration}`);
  return Math.max(1, Math.round(seconds / FACTOR));
}
