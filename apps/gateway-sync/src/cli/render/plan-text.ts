import type { Action } from '../../core/action.js';
import type { ForeignSubscription, Plan } from '../../core/plan.js';
import type { Problem } from '../../core/problem.js';
import type { ReconcileResult } from '../../core/result.js';
import { errorLines } from './error-lines.js';
import { printable, type Paint } from './paint.js';
import { count, didYouMean, someOf } from './words.js';

/** What a dry run of one tenant found, as lines of text. */
export function planText(result: ReconcileResult, paint: Paint): string {
  const { plan } = result;
  const title = `${paint.bold(result.tenant)}${result.mode === 'observe' ? paint.dim(' (observe: never written)') : ''}`;
  if (!plan) return lines([title, ...errorLines(result, paint)]);
  return lines([
    title,
    ...actionLines(plan.actions, paint),
    ...plan.problems.map((problem) => problemLine(problem, paint)),
    ...foreignLines(plan.foreign, paint),
    ...verdictLines(result, paint),
    `  ${summaryOf(plan, paint)}`,
  ]);
}

/** One line about a plan: what it would do and how much stays as it is. */
export function summaryOf({ actions, unchanged, problems }: Plan, paint: Paint): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const parts = [
    actions.length === 0 && errors === 0 ? paint.good('in sync') : changesOf(actions),
    errors > 0 ? paint.bad(count(errors, 'error')) : '',
    paint.dim(`${unchanged} unchanged`),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** `2 to subscribe, 1 to change`. */
export function changesOf(actions: readonly Action[]): string {
  const of = (type: Action['type']) => actions.filter((action) => action.type === type).length;
  const parts = [
    [of('create'), 'to subscribe'],
    [of('update'), 'to change'],
    [of('delete'), 'to unsubscribe'],
  ] as const;
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, verb]) => `${amount} ${verb}`)
    .join(', ');
}

/** `+ product.created  missing`, and below it which fields are left out or delivered again. */
export function actionLines(actions: readonly Action[], paint: Paint): string[] {
  const width = Math.max(0, ...actions.map(({ eventType }) => printable(eventType).length));
  return actions.flatMap((action) => [
    `  ${headOf(action, width, paint)}  ${paint.dim(action.reason)}`,
    ...fieldLine(
      'leaves out',
      action.type === 'create' ? action.after.excludedFields : action.fieldsToUnsubscribe,
      paint.remove,
    ),
    ...fieldLine('delivers again', action.fieldsToSubscribe, paint.add),
  ]);
}

function headOf({ type, eventType }: Action, width: number, paint: Paint): string {
  const name = printable(eventType).padEnd(width);
  switch (type) {
    case 'create':
      return paint.add(`+ ${name}`);
    case 'update':
      return paint.change(`~ ${name}`);
    case 'delete':
      return paint.remove(`- ${name}`);
    default:
      return type satisfies never;
  }
}

function fieldLine(verb: string, fields: readonly string[], color: (text: string) => string): string[] {
  return fields.length === 0 ? [] : [`      ${verb} ${color(fields.map(printable).join(', '))}`];
}

/** `✗ file:line:column message; did you mean …?` */
export function problemLine({ severity, message, places, nearest }: Problem, paint: Paint): string {
  const marks = { error: paint.bad('✗'), warning: paint.warning('!'), note: paint.dim('·') };
  const hint = didYouMean(nearest.map(printable));
  const place = places.length > 0 ? `${paint.dim(places.join(', '))} ` : '';
  return `  ${marks[severity]} ${place}${printable(message)}${hint ? `; ${hint}` : ''}`;
}

const WHY_KEPT: Readonly<Record<ForeignSubscription['reason'], string>> = {
  'prune-none': 'prune: none',
  'no-ledger': 'without a ledger nothing is known to be ours',
  'not-owned': 'not subscribed by us',
  unresolved: 'until the errors are corrected',
};

function foreignLines(foreign: readonly ForeignSubscription[], paint: Paint): string[] {
  const reasons = [...new Set(foreign.map(({ reason }) => reason))];
  return reasons.map((why) => {
    const names = foreign.filter(({ reason }) => reason === why).map(({ eventType }) => printable(eventType));
    return `  ${paint.dim(`· left alone, not in the file (${WHY_KEPT[why]}): ${someOf(names)}`)}`;
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
