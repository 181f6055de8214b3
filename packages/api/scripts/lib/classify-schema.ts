import { isRequired, requiredRules } from './classify-operation.ts';
import {
  additive,
  always,
  breaking,
  risky,
  splitJoined,
  valuesOf,
  type Change,
  type RulesByDirection,
  type Verdict,
} from './classify-rule.ts';
import { limitRules } from './classify-limits.ts';
import { signatureKind, variantKind } from './schema-facts.ts';
import { parseVariant } from './variant-pairs.ts';

/** Rules for properties, items and map values as a whole. */
export const propertyRules: RulesByDirection = {
  request: {
    added: (change) => partOfOtherType(change) ?? addedToRequest(change),
    removed: (change) => partOfOtherType(change) ?? removedFromRequest(change),
    changed: risky('it means something else'),
  },
  response: {
    added: (change) => partOfOtherType(change) ?? addedToResponse(change),
    removed: (change) => partOfOtherType(change) ?? breaking('a value that is read does not come'),
    changed: risky('it means something else'),
  },
};

/** Rules for the facts of a schema. */
export const schemaRules: Readonly<Record<string, RulesByDirection>> = {
  required: requiredRules,
  type: {
    request: always(({ old, now }) =>
      covers(now, old)
        ? additive('more types are accepted')
        : breaking('values of a type that was accepted are refused'),
    ),
    response: always(({ old, now }) =>
      covers(old, now) ? additive('fewer types come') : breaking('values come of a type that did not come'),
    ),
  },
  enum: {
    request: {
      ...always(additive('one more value is accepted')),
      added: ({ before }) =>
        isListed(before) ? additive('one more value is accepted') : breaking('only listed values are accepted now'),
      removed: ({ after }) =>
        isListed(after) ? breaking('a value that was accepted is refused') : additive('any value is accepted'),
    },
    response: {
      ...always(risky('a value may come that nothing here expects')),
      added: ({ before }) =>
        isListed(before) ? risky('a value may come that nothing here expects') : additive('the values are known now'),
      removed: ({ after }) =>
        isListed(after) ? risky('what is done for this value is never done') : risky('any value may come'),
    },
  },
  additionalProperties: {
    request: always(({ old, now }) =>
      openness(now) >= openness(old)
        ? additive('more properties are accepted')
        : breaking('properties that were accepted are refused'),
    ),
    response: always(({ old, now }) =>
      openness(now) > openness(old)
        ? risky('properties may come that did not come')
        : additive('fewer properties come'),
    ),
  },
  [variantKind]: {
    request: {
      added: additive('one more variant is accepted'),
      removed: breaking('a variant that was accepted is refused'),
      changed: variantOfRequest,
    },
    response: {
      added: risky('a variant may come that nothing here expects'),
      removed: risky('what is done for this variant is never done'),
      changed: variantOfResponse,
    },
  },
  [signatureKind]: {
    request: always(risky('the same parts are combined in another way')),
    response: always(risky('the same parts are combined in another way')),
  },
  ...limitRules,
};

// What comes or goes with a type of the thing around it is judged there.
function partOfOtherType({ difference, parentBefore, parentAfter }: Change): Verdict | undefined {
  const type = difference.location.endsWith('[]') ? 'array' : 'object';
  const has = (parent: Change['parentBefore']) => {
    const types = splitJoined(valuesOf(parent, 'type')[0]);
    return types.length === 0 || types.includes(type);
  };
  if (difference.type === 'added' && !has(parentBefore)) return additive(`comes with the type ${type}`);
  return difference.type === 'removed' && !has(parentAfter) ? additive(`goes with the type ${type}`) : undefined;
}

function addedToRequest(change: Change): Verdict {
  if (isMapValue(change)) return additive('the form of further properties is told');
  return isRequired(change) ? breaking('requests without it are refused') : additive('it may be left out');
}

function removedFromRequest(change: Change): Verdict {
  if (isMapValue(change)) return additive('judged by additionalProperties');
  const isClosed = valuesOf(change.parentAfter, 'additionalProperties').includes('false');
  return isClosed ? breaking('requests that carry it are refused') : risky('it is refused, or without effect');
}

function addedToResponse(change: Change): Verdict {
  const isClosed = valuesOf(change.parentBefore, 'additionalProperties').includes('false');
  return isClosed ? risky('the document said that nothing else comes') : additive('one more value comes');
}

function isMapValue({ difference }: Change): boolean {
  return difference.location.endsWith('.<any>');
}

function isListed(node: Change['before']): boolean {
  return valuesOf(node, 'enum').length > 0;
}

/** Whether whoever takes the types of `wide` can take every type of `narrow`. */
function covers(wide: string | undefined, narrow: string | undefined): boolean {
  const types = new Set(splitJoined(wide));
  if (types.has('any')) return true;
  return splitJoined(narrow).every(
    (type) => types.has(type) || type === 'never' || (type === 'integer' && types.has('number')),
  );
}

// Nothing said means that anything may follow.
function openness(value: string | undefined): number {
  const degrees = splitJoined(value ?? 'true').map((text) => ['false', 'schema', 'true'].indexOf(text));
  return Math.max(...degrees);
}

function variantOfRequest({ old = '', now = '' }: Change): Verdict {
  const [before, after] = [parseVariant(old).parts, parseVariant(now).parts];
  for (const [name, { isRequired: isNeeded, fixed }] of after) {
    const known = before.get(name);
    if (isNeeded && known?.isRequired !== true) return breaking(`requests of this variant without ${name} are refused`);
    if (fixed !== undefined && known?.fixed !== fixed) return breaking(`only ${fixed} is accepted for ${name}`);
  }
  const gone = [...before.keys()].find((name) => !after.has(name));
  return gone === undefined
    ? additive('more is accepted in this variant')
    : risky(`${gone} has no place in this variant`);
}

function variantOfResponse({ old = '', now = '' }: Change): Verdict {
  const [before, after] = [parseVariant(old).parts, parseVariant(now).parts];
  for (const [name, { isRequired: wasNeeded, fixed }] of before) {
    const known = after.get(name);
    if (known === undefined) return breaking(`${name} does not come in this variant`);
    if (wasNeeded && !known.isRequired) return breaking(`${name} may be missing in this variant`);
    if (fixed !== undefined && known.fixed !== fixed) return breaking(`${name} is not always ${fixed} in this variant`);
  }
  return additive('more comes in this variant');
}
