import { ACTION_TYPES, RESOURCES, type Action, type Resource, type SubscriptionAction } from '../../core/action.js';
import { canonicalJson } from '../../core/json.js';
import type { Foreign, KeptReason } from '../../core/part.js';
import type { Plan } from '../../core/plan.js';
import type { Problem } from '../../core/problem.js';
import type { QuotaEffect } from '../../core/quota-effect.js';
import type { ReconcileResult } from '../../core/result.js';
import { errorLines } from './error-lines.js';
import { effectSum, effectText } from './effect-text.js';
import { printable, type Paint } from './paint.js';
import { bracketed, pauseLines } from './remark.js';
import { settingList, settingText } from './setting.js';
import { count, didYouMean, someOf } from './words.js';

/** What a dry run of one tenant found, as lines of text. */
export function planText(result: ReconcileResult, paint: Paint): string {
  const { plan } = result;
  const title = `${paint.bold(result.tenant)}${bracketed(result, paint)}`;
  if (!plan) return lines([title, ...errorLines(result, paint)]);
  return lines([
    title,
    ...actionLines(plan.actions, paint, plan.effect),
    ...plan.problems.map((problem) => problemLine(problem, paint)),
    ...foreignLines(plan.foreign, paint),
    ...verdictLines(result, paint),
    ...pauseLines(result, paint),
    `  ${summaryOf(plan, paint)}`,
  ]);
}

/** One line about a plan: what it would do and how much stays as it is. */
export function summaryOf({ actions, unchanged, problems, effect }: Plan, paint: Paint): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const more = effect ? [effectSum(effect)] : [];
  const parts = [
    actions.length === 0 && errors === 0 ? paint.good('in sync') : changesOf(actions),
    errors > 0 ? paint.bad(count(errors, 'error')) : '',
    paint.dim(`${unchanged} unchanged`),
    ...more,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

const VERBS: Readonly<Record<Action['type'], readonly [subscription: string, other: string]>> = {
  create: ['to subscribe', 'to create'],
  update: ['to change', 'to change'],
  delete: ['to unsubscribe', 'to remove'],
};

/** `2 to subscribe, 1 to change, 3 targets to create`. */
export function changesOf(actions: readonly Action[]): string {
  const parts = RESOURCES.flatMap((resource) =>
    ACTION_TYPES.map((type) =>
      changesOfOne(
        actions.filter((action) => action.resource === resource && action.type === type),
        resource,
        type,
      ),
    ),
  );
  return parts.filter((part) => part !== '').join(', ');
}

function changesOfOne(actions: readonly Action[], resource: Resource, type: Action['type']): string {
  if (actions.length === 0) return '';
  const [subscription, other] = VERBS[type];
  return resource === 'subscription'
    ? `${actions.length} ${subscription}`
    : `${count(actions.length, resource)} ${other}`;
}

/** `+ product.created  missing`, and below it what becomes of its settings. */
export function actionLines(actions: readonly Action[], paint: Paint, effect?: QuotaEffect): string[] {
  const width = Math.max(0, ...actions.map((action) => titleOf(action).length));
  return actions.flatMap((action) => [
    [`  ${headOf(action, width, paint)}`, paint.dim(action.reason), effectText(action, effect)]
      .filter((part) => part !== '')
      .join('  '),
    ...detailLines(action, paint),
  ]);
}

/** What becomes of the settings. */
export function detailLines(action: Action, paint: Paint): string[] {
  return action.resource === 'subscription' ? fieldLines(action, paint) : settingLines(action, paint);
}

/** `product.created`, `target declined quotes`. */
export function titleOf({ resource, name }: Pick<Action, 'resource' | 'name'>): string {
  return resource === 'subscription' ? printable(name) : `${resource} ${printable(name)}`;
}

function headOf(action: Action, width: number, paint: Paint): string {
  const name = titleOf(action).padEnd(width);
  switch (action.type) {
    case 'create':
      return paint.add(`+ ${name}`);
    case 'update':
      return paint.change(`~ ${name}`);
    case 'delete':
      return paint.remove(`- ${name}`);
    default:
      return action.type satisfies never;
  }
}

function fieldLines(
  { type, after, fieldsToSubscribe, fieldsToUnsubscribe }: SubscriptionAction,
  paint: Paint,
): string[] {
  return [
    ...fieldLine('leaves out', type === 'create' ? after.excludedFields : fieldsToUnsubscribe, paint.remove),
    ...fieldLine('delivers again', fieldsToSubscribe, paint.add),
  ];
}

function fieldLine(verb: string, fields: readonly string[], color: (text: string) => string): string[] {
  return fields.length === 0 ? [] : [`      ${verb} ${color(fields.map(printable).join(', '))}`];
}

/** A line for each setting that differs; a secret only says that it is written. */
function settingLines({ type, before, after, secrets = [] }: Action, paint: Paint): string[] {
  return type === 'delete' ? [] : differenceLines({ before, after, secrets }, paint);
}

interface Difference extends Pick<Action, 'before' | 'after'> {
  readonly secrets: readonly string[];
}

/** `url: old → new`; settings that `after` leaves out are not managed. */
export function differenceLines({ before, after, secrets }: Difference, paint: Paint): string[] {
  const names = Object.keys(after ?? before ?? {}).filter(
    (name) => canonicalJson(before?.[name]) !== canonicalJson(after?.[name]) && !secrets.includes(name),
  );
  return [
    ...names.flatMap((name) => {
      const list = before === null ? settingList(after?.[name]) : undefined;
      if (list) return [`      ${printable(name)}:`, ...list.map((item) => `        ${paint.add(settingText(item))}`)];
      const now = before === null ? '' : `${paint.remove(settingText(before[name]))} → `;
      return [`      ${printable(name)}: ${now}${paint.add(settingText(after?.[name]))}`];
    }),
    ...secrets.map((name) => `      ${printable(name)}: ${paint.change('[secret] is written')}`),
  ];
}

/** `✗ file:line:column message; did you mean …?` */
export function problemLine({ severity, message, places, nearest }: Problem, paint: Paint): string {
  const marks = { error: paint.bad('✗'), warning: paint.warning('!'), note: paint.dim('·') };
  const hint = didYouMean(nearest.map(printable));
  const place = places.length > 0 ? `${paint.dim(places.join(', '))} ` : '';
  return `  ${marks[severity]} ${place}${printable(message)}${hint ? `; ${hint}` : ''}`;
}

const WHY_KEPT: Readonly<Record<KeptReason, string>> = {
  'prune-none': 'prune: none',
  'no-ledger': 'without a ledger nothing is known to be ours',
  'not-owned': 'not made by us',
  'not-marked': 'without our marks',
  'owned-elsewhere': 'another installation owns it',
  unresolved: 'until the errors are corrected',
  unread: 'until everything can be read',
  'still-active': 'until another config is active',
};

export function foreignLines(foreign: readonly Foreign[], paint: Paint): string[] {
  const reasons = [...new Set(foreign.map(({ reason }) => reason))];
  return reasons.map((why) => {
    const names = foreign.filter(({ reason }) => reason === why).map(titleOf);
    return `  ${paint.dim(`· stays, not in the file (${WHY_KEPT[why]}): ${someOf(names)}`)}`;
  });
}

/** Which guard withholds the plan (or would, where nothing is written anyway), and how to allow it. */
export function verdictLines({ verdicts, mode }: ReconcileResult, paint: Paint): string[] {
  const withheld = mode === 'observe' ? 'would be withheld' : 'withheld';
  return verdicts.flatMap(({ guard, message, allow }) => [
    `  ${paint.warning(`${withheld} by ${guard}`)}: ${printable(message)}`,
    `      to allow it: ${printable(allow)}`,
  ]);
}

function lines(parts: readonly string[]): string {
  return parts.map((part) => `${part}\n`).join('');
}
