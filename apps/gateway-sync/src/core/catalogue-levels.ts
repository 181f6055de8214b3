import { isFields, type SchemaWord, type Shape } from './catalogue-row.js';

/** What a change asks of those who receive events, from nothing to something. */
export const LEVELS = ['additive', 'risky', 'breaking'] as const;
export type Level = (typeof LEVELS)[number];

export interface Verdict {
  readonly level: Level;
  readonly reason: string;
}

export const CHANGE_KINDS = [
  'type-added',
  'type-removed',
  'group-changed',
  'schema-added',
  'schema-removed',
  'field-added',
  'field-removed',
  'field-changed',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** The level of every kind of change but a field that changes, which depends on what it was and is. */
export const VERDICTS: Readonly<Record<Exclude<ChangeKind, 'field-changed'>, Verdict>> = {
  'type-added': { level: 'additive', reason: 'nobody has a handler for it yet; globs of subscriptions may take it in' },
  'type-removed': {
    level: 'breaking',
    reason: 'handlers of it are never called again, and files that name it no longer plan',
  },
  'group-changed': { level: 'additive', reason: 'only where it is listed changes' },
  'schema-added': { level: 'risky', reason: 'its payload gets a type; code that took it for anything may not compile' },
  'schema-removed': { level: 'breaking', reason: 'its payload no longer has a type' },
  'field-added': { level: 'additive', reason: 'receivers ignore what they do not know' },
  'field-removed': { level: 'breaking', reason: 'who reads it finds nothing; excludedFields can no longer name it' },
};

/** A value that is told to be something else than before. */
export function judgeShapes(before: Shape, after: Shape): Verdict {
  const [was, is] = [natureOf(before), natureOf(after)];
  return SHAPE_VERDICTS[was]?.[is] ?? { level: 'breaking', reason: 'it is a value of another kind' };
}

/** `anything`: an object of which nothing is known, `Map`, `Object` or one without fields. */
type Nature = Exclude<SchemaWord, 'Map' | 'Object'> | 'anything' | 'fields' | 'list' | 'items';

const NARROWED: Verdict = { level: 'risky', reason: 'it gets a type; code that took it for anything may not compile' };
const LOOSENED: Verdict = { level: 'breaking', reason: 'what is in it no longer has a type' };

/** By what it was and what it is. Whatever is not here is breaking. */
const SHAPE_VERDICTS: Partial<Readonly<Record<Nature, Partial<Readonly<Record<Nature, Verdict>>>>>> = {
  Integer: { Number: { level: 'risky', reason: 'it may have a fraction now' } },
  Number: { Integer: { level: 'additive', reason: 'it has no fraction any more' } },
  anything: {
    anything: { level: 'additive', reason: 'it is an object of any shape before and after' },
    LocalizedString: { level: 'additive', reason: 'its values are texts now' },
    fields: NARROWED,
  },
  LocalizedString: { anything: { level: 'breaking', reason: 'its values need no longer be texts' } },
  fields: { anything: LOOSENED },
  list: { items: NARROWED },
  items: { list: LOOSENED },
};

function natureOf(shape: Shape): Nature {
  if (shape === 'Map' || shape === 'Object') return 'anything';
  if (typeof shape === 'string') return shape;
  if (isFields(shape)) return Object.keys(shape).length === 0 ? 'anything' : 'fields';
  return shape.length === 0 ? 'list' : 'items';
}
