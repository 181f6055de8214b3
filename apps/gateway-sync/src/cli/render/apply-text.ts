import { ApplyError, ContentionError, UnresolvedError, UnsafePlanError } from '../../core/errors.js';
import { RESOURCES, type Action } from '../../core/action.js';
import type { Plan } from '../../core/plan.js';
import type { ItemResult, ReconcileResult } from '../../core/result.js';
import { errorLines } from './error-lines.js';
import { printable, type Paint } from './paint.js';
import { bracketed } from './remark.js';
import { changesOf, problemLine, titleOf, verdictLines } from './plan-text.js';
import { count } from './words.js';

/** What `apply` did to one tenant, item by item, as lines of text. */
export function applyText(result: ReconcileResult, paint: Paint): string {
  const { plan, items, error } = result;
  return [
    `${paint.bold(result.tenant)}${titleRemark(result, paint)}`,
    ...items.map((item) => itemLine(item, paint)),
    ...(plan?.problems ?? []).map((problem) => problemLine(problem, paint)),
    ...verdictLines(result, paint),
    ...(error instanceof Error && !sumsUp(error) ? errorLines(result, paint) : []),
    `  ${outcomeLine(result, paint)}`,
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** A pause that withholds the plan is told where that is. */
function titleRemark(result: ReconcileResult, paint: Paint): string {
  const told = result.verdicts.some(({ guard }) => guard === 'pause');
  return result.pause && !told ? bracketed(result, paint) : '';
}

/** Whether the lines of items, problems and verdicts say it already. */
function sumsUp(error: Error): boolean {
  return [ApplyError, ContentionError, UnresolvedError, UnsafePlanError].some((kind) => error instanceof kind);
}

const DONE: Readonly<Record<Action['type'], readonly [subscription: string, other: string]>> = {
  create: ['subscribed', 'created'],
  update: ['changed', 'changed'],
  delete: ['unsubscribed', 'removed'],
};

interface Item extends Omit<ItemResult, 'action'> {
  readonly action: Pick<Action, 'resource' | 'type' | 'name' | 'reason'>;
}

/** `✓ subscribed order.created (missing)`, or what came instead. */
export function itemLine({ action, status, code, message, remembered }: Item, paint: Paint): string {
  const name = titleOf(action);
  if (status === 'applied') {
    const done = DONE[action.type][action.resource === 'subscription' ? 0 : 1];
    return `  ${paint.good('✓')} ${done} ${name} ${paint.dim(`(${action.reason})`)}`;
  }
  const mark = status === 'unverified' ? paint.warning('?') : paint.bad('✗');
  const answer = [code === undefined ? '' : `${code}`, message === undefined ? '' : printable(message)];
  const why = answer.filter((part) => part !== '').join(' ');
  return `  ${mark} ${name} ${status}${why ? `: ${why}` : ''}${remembered ? paint.dim(' (not sent again)') : ''}`;
}

function outcomeLine({ outcome, plan, items, drift }: ReconcileResult, paint: Paint): string {
  const done = items.filter(({ status }) => status === 'applied').length;
  switch (outcome) {
    case 'in-sync':
      return paint.good(`in sync, ${managedText(plan)}`);
    case 'changed':
      return paint.good(`done: ${count(done, 'change')}, seen when read again`);
    case 'drifted':
      return paint.warning(`differs: ${changesOf(plan?.actions ?? [])}; mode is observe, so nothing was written`);
    case 'partial':
      return paint.warning(`partly applied: ${done} done, ${drift ?? 0} left`);
    case 'blocked':
      return paint.warning(`withheld: ${changesOf(plan?.actions ?? [])}`);
    case 'failed':
      return paint.bad('failed');
    default:
      return outcome satisfies never;
  }
}

/** `12 subscriptions, 1 config, 2 targets`; what is not managed is not mentioned. */
function managedText(plan: Plan | undefined): string {
  const counted = RESOURCES.map((resource) => [plan?.managed[resource] ?? 0, resource] as const);
  return counted
    .filter(([amount, resource]) => amount > 0 || resource === 'subscription')
    .map(([amount, resource]) => count(amount, resource))
    .join(', ');
}
