import { placeFactRules, placeRules, requiredRules } from './classify-operation.ts';
import { otherKeyword } from './classify-limits.ts';
import type { Change, RulesByDirection, Verdict } from './classify-rule.ts';
import { propertyRules, schemaRules } from './classify-schema.ts';
import { differenceText, type Difference } from './diff.ts';
import type { Facts } from './fact-nodes.ts';
import { parseLocation, type Area, type Direction, type Location } from './location.ts';
import type { Severity } from './severity.ts';

/** A difference with what it means for those who call the API. */
export interface Finding {
  readonly severity: Severity;
  readonly reason: string;
  readonly area: Area | 'security';
  readonly direction: Direction;
  readonly change: Difference['type'];
  /** `METHOD path`. */
  readonly operation: string;
  /** The difference in one line, without the kind of change; a change reads `before -> after`. */
  readonly text: string;
}

/** Says of a difference between two structures whether calls that worked before still work after it. */
export function classify(difference: Difference, before: Facts, after: Facts): Finding {
  const location = parseLocation(difference.location);
  const { severity, reason } = judge(difference, location, before, after);
  return {
    severity,
    reason,
    area: 'kind' in difference && difference.kind === 'security' ? 'security' : location.area,
    direction: location.direction,
    change: difference.type,
    operation: location.operation,
    text: differenceText(difference),
  };
}

function judge(difference: Difference, location: Location, before: Facts, after: Facts): Verdict {
  const [nodeBefore, nodeAfter] = [before.get(difference.location), after.get(difference.location)];
  const parent = (nodeBefore ?? nodeAfter)?.parent ?? '';
  const change: Change = {
    difference,
    ...valuesOfDifference(difference),
    direction: location.direction,
    before: nodeBefore,
    after: nodeAfter,
    parentBefore: before.get(parent),
    parentAfter: after.get(parent),
  };
  const rule = rulesFor(difference, location)[location.direction][difference.type];
  return typeof rule === 'function' ? rule(change) : rule;
}

function rulesFor(difference: Difference, { area, path, isMediaType }: Location): RulesByDirection {
  if ('kind' in difference) {
    const { kind } = difference;
    if (path !== '') return schemaRules[kind] ?? otherKeyword;
    return kind === 'required' ? requiredRules : (placeFactRules[kind] ?? otherKeyword);
  }
  if (path !== '') return propertyRules;
  return placeRules[isMediaType ? 'media type' : area];
}

function valuesOfDifference(difference: Difference): Pick<Change, 'old' | 'now'> {
  if (!('kind' in difference)) return { old: undefined, now: undefined };
  if (difference.type === 'changed') return { old: difference.before, now: difference.after };
  return difference.type === 'added'
    ? { old: undefined, now: difference.value }
    : { old: difference.value, now: undefined };
}
