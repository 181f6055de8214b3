import { additive, always, breaking, risky, type Rule, type Rules, type RulesByDirection } from './classify-rule.ts';

/** `deprecated` of an operation, a parameter or a schema. */
export const deprecatedRules: Rules = {
  ...always(risky('it will be gone some day')),
  removed: additive('it stays after all'),
};

// Documents often state late what was so from the beginning.
const stated: Rule = risky('values beyond it are refused, if that is new');

/** Rules for what narrows a value beyond its type. Keywords that are not here are `otherKeyword`. */
export const limitRules: Readonly<Record<string, RulesByDirection>> = {
  ...Object.fromEntries(
    ['minLength', 'minItems', 'minProperties', 'minimum', 'exclusiveMinimum', 'minContains'].map((kind) => [
      kind,
      bound('lower'),
    ]),
  ),
  ...Object.fromEntries(
    ['maxLength', 'maxItems', 'maxProperties', 'maximum', 'exclusiveMaximum', 'maxContains'].map((kind) => [
      kind,
      bound('upper'),
    ]),
  ),
  pattern: {
    request: {
      added: stated,
      removed: additive('any text is accepted'),
      changed: risky('texts that were accepted may be refused'),
    },
    response: {
      added: additive('the form is told'),
      removed: risky('texts of any form may come'),
      changed: risky('texts of another form may come'),
    },
  },
  uniqueItems: {
    request: { ...always(stated), removed: additive('repetitions are accepted') },
    response: { ...always(additive('nothing comes twice')), removed: risky('the same may come twice') },
  },
  multipleOf: {
    request: {
      ...always(risky('numbers that were accepted may be refused')),
      removed: additive('more numbers are accepted'),
    },
    response: { ...always(risky('numbers of another step may come')), added: additive('the step is told') },
  },
  format: {
    request: always(risky('texts or numbers that were accepted may be refused')),
    response: always(risky('the value may have to be read in another way')),
  },
  default: {
    request: {
      ...always(risky('leaving it out means something else')),
      added: additive('what leaving it out means is told'),
    },
    response: always(additive('what its absence means is told in another way')),
  },
  readOnly: {
    request: { ...always(risky('it is refused, or without effect')), removed: additive('it can be set') },
    response: always(additive('it comes as before')),
  },
  writeOnly: {
    request: always(additive('it can be set as before')),
    response: { ...always(breaking('a value that is read does not come')), removed: additive('one more value comes') },
  },
  deprecated: { request: deprecatedRules, response: deprecatedRules },
  discriminator: {
    request: {
      ...always(breaking('variants are told apart by another property')),
      added: additive('how variants are told apart is stated'),
    },
    response: {
      ...always(breaking('variants are told apart by another property')),
      added: additive('how variants are told apart is stated'),
    },
  },
};

/** For keywords that have no rule: a person has to look. */
export const otherKeyword: RulesByDirection = {
  request: always(risky('values that were accepted may be refused')),
  response: always(risky('other values may come')),
};

function bound(side: 'lower' | 'upper'): RulesByDirection {
  // Bounds of several variants are joined (`1 | 5`); the widest of them counts.
  const widest = (value = '') => Math[side === 'lower' ? 'min' : 'max'](...value.split(' | ').map(Number));
  const isTighter = (old: string | undefined, now: string | undefined) =>
    side === 'lower' ? widest(now) > widest(old) : widest(now) < widest(old);
  return {
    request: {
      added: stated,
      removed: additive('there is no bound any more'),
      changed: ({ old, now }) =>
        isTighter(old, now) ? breaking('values that were accepted are refused') : additive('more values are accepted'),
    },
    response: {
      added: additive('the bound is told'),
      removed: risky('values beyond the bound may come'),
      changed: ({ old, now }) =>
        isTighter(old, now) ? additive('fewer values come') : risky('values beyond the bound may come'),
    },
  };
}
