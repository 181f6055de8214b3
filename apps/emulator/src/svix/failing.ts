import { unreachable } from '../unreachable.js';
import type { Quirks } from '../quirks.js';

const HOUR = 3_600_000;
const DISABLED_AFTER = 5 * 24 * HOUR;

/** How an endpoint has failed since its last success. */
export interface Failing {
  /** Failures of the last 24 hours; milliseconds since 1970. */
  readonly recent: readonly number[];
  /** When the days began to count. */
  readonly countedFrom: number | undefined;
}

/** Takes note of a failed attempt. `disable` says that the endpoint has failed for too long now. */
export function noteFailure(
  before: Failing | undefined,
  { at, exhausted }: { readonly at: number; readonly exhausted: boolean },
  rule: Quirks['svixAutoDisable'],
): { readonly failing: Failing | undefined; readonly disable: boolean } {
  switch (rule) {
    case 'never':
      return { failing: undefined, disable: false };
    case 'hosted': {
      const recent = [...(before?.recent ?? []).filter((time) => at - time <= 24 * HOUR), at];
      const apart = at - (recent[0] ?? at) >= 12 * HOUR;
      const countedFrom = before?.countedFrom ?? (apart ? at : undefined);
      const disable = countedFrom !== undefined && at - countedFrom >= DISABLED_AFTER;
      // Whoever enables it again gives it five days more.
      return { failing: disable ? undefined : { recent, countedFrom }, disable };
    }
    case 'oss': {
      if (!exhausted) return { failing: before, disable: false };
      const countedFrom = before?.countedFrom ?? at;
      return { failing: { recent: [], countedFrom }, disable: at - countedFrom >= DISABLED_AFTER };
    }
    default:
      return unreachable(rule);
  }
}
