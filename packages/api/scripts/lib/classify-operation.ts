import { deprecatedRules } from './classify-limits.ts';
import {
  additive,
  always,
  breaking,
  risky,
  valuesOf,
  type Change,
  type Rules,
  type RulesByDirection,
  type Verdict,
} from './classify-rule.ts';
import type { FactNode } from './fact-nodes.ts';
import type { Area } from './location.ts';
import { nameKind } from './renamed-parameters.ts';

/** Rules for whole places outside of schemas. A place is there or not; it has no value that could change. */
export const placeRules: Readonly<Record<Area | 'media type', RulesByDirection>> = {
  operation: {
    request: place(additive('an operation that nobody calls yet'), breaking('every call of it fails')),
    response: place(
      risky('calls may come that nothing here expects'),
      breaking('calls that are waited for do not come'),
    ),
  },
  parameter: {
    request: place(
      (change) => (isRequired(change) ? breaking('requests without it are refused') : additive('it may be left out')),
      breaking('requests that carry it are refused, or it is without effect'),
    ),
    response: place(additive('one more value comes'), breaking('a value that is read does not come')),
  },
  body: {
    request: place(
      (change) =>
        isRequired(change) ? breaking('requests without a body are refused') : additive('it may be left out'),
      breaking('requests with a body are refused, or it is without effect'),
    ),
    response: place(additive('a body comes where none came'), breaking('the body that is read does not come')),
  },
  response: {
    request: place(
      additive('one more status may be answered'),
      risky('a status that is answered means nothing any more'),
    ),
    response: place(risky('an answer may come that nothing here expects'), ({ difference }) =>
      / \[(.* )?2[\dX]{2}\]$/i.test(difference.location)
        ? breaking('success is told in another way')
        : risky('what is done for this status is never done'),
    ),
  },
  header: {
    request: place(
      (change) => (isRequired(change) ? breaking('answers without it are refused') : additive('it may be left out')),
      risky('it is without effect'),
    ),
    response: place(additive('one more header comes'), (change) =>
      wasRequired(change)
        ? breaking('a header that always came does not come')
        : risky('a header that might come does not'),
    ),
  },
  'media type': {
    request: place(additive('one more form is accepted'), breaking('bodies in this form are refused')),
    response: place(additive('one more form can be asked for'), breaking('the form that is asked for does not come')),
  },
};

/** Rules for facts of places outside of schemas. */
export const placeFactRules: Readonly<Record<string, RulesByDirection>> = {
  [nameKind]: bothWays(always(risky('path parameter renamed: the input of generated code changes'))),
  security: { request: securityRules(), response: securityRules() },
  deprecated: bothWays(deprecatedRules),
  style: bothWays(always(breaking('the value is written in another way'))),
  explode: bothWays(always(breaking('the value is written in another way'))),
  allowReserved: bothWays({
    ...always(risky('characters that went through as they are must be escaped')),
    added: additive('more characters may stand unescaped'),
  }),
  encoding: {
    request: always(breaking('parts of the body must be written in another way')),
    response: always(risky('parts of the body come in another form')),
  },
};

/** `required` of a parameter, a body, a header or a property. */
export const requiredRules: RulesByDirection = {
  request: changedTo('true', breaking('requests without it are refused'), additive('it may be left out')),
  response: changedTo('true', additive('it always comes'), breaking('it may be missing where it always came')),
};

export function isRequired({ after }: Pick<Change, 'after'>): boolean {
  return valuesOf(after, 'required').includes('true');
}

function wasRequired({ before }: Change): boolean {
  return valuesOf(before, 'required').includes('true');
}

function place(added: Rules['added'], removed: Rules['removed']): Rules {
  return { added, removed, changed: added };
}

function bothWays(rules: Rules): RulesByDirection {
  return { request: rules, response: rules };
}

function changedTo(value: string, then: Verdict, otherwise: Verdict): Rules {
  return always(({ now }) => (now === value ? then : otherwise));
}

// Whoever had the credentials for a way that is gone still gets in by another one that asks for nothing more.
function securityRules(): Rules {
  return {
    ...always(({ before, after }) =>
      additive(isReplaced(before, after) ? 'it takes the place of a way that is gone' : 'one more way to be let in'),
    ),
    removed: ({ old = '', after }) => {
      const held = credentials(old);
      const ways = valuesOf(after, 'security').map(credentials);
      if (ways.some((way) => way.every((part) => held.includes(part)))) return additive('less is asked for');
      const stricter = ways.find((way) => held.every((part) => way.includes(part)));
      const more = stricter?.filter((part) => !held.includes(part)).join(', ');
      return breaking(more === undefined ? 'who came in this way is refused' : `${more} is asked for, too`);
    },
  };
}

// What comes for something that is gone is no further way in; what that breaks is said of what is gone.
function isReplaced(before: FactNode | undefined, after: FactNode | undefined): boolean {
  const ways = valuesOf(after, 'security');
  return valuesOf(before, 'security').some((way) => !ways.includes(way));
}

// Scopes belong to the scheme before them: `oauth2 a b + apiKey header X`.
function credentials(way: string): readonly string[] {
  if (way === 'none') return [];
  return way.split(' + ').flatMap((part) => {
    const [scheme = '', ...scopes] = part.split(' ');
    if (scheme === 'apiKey' || scheme === 'http') return [part];
    return [scheme, ...scopes.map((scope) => `${scheme} ${scope}`)];
  });
}
