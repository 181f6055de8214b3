import type { Action } from '../../core/action.js';
import { ConfigError } from '../../core/errors.js';
import type { Plan } from '../../core/plan.js';
import type { Pause } from '../../core/pause.js';
import { remedyFor } from '../../core/remedy.js';
import type { ReconcileResult } from '../../core/result.js';
import type { ExitCode } from '../exit-code.js';

/** What every command answers at least. */
interface Answer {
  readonly command: string;
  readonly exitCode: ExitCode;
  readonly [key: string]: unknown;
}

/** One JSON document, as every command with `--json` writes exactly one. */
export function jsonText(document: Answer): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** A reconcile without what only the next one and the adapters need. */
export function resultJson(result: ReconcileResult) {
  const { memory: _, plan, items, error, ledgerError, pause, startedAt, finishedAt, trigger: __, ...rest } = result;
  return {
    ...rest,
    ...(pause && { pause: pauseJson(pause) }),
    ...(plan && { plan: planJson(plan) }),
    items: items.map((item) => ({ ...item, action: actionJson(item.action) })),
    durationMs: finishedAt - startedAt,
    ...(error && { error: errorJson(error, result.tenant) }),
    ...(ledgerError && { ledgerError: errorJson(ledgerError) }),
  };
}

/** What it does to the quota stands beside each action. */
function planJson({ effect, ...plan }: Plan) {
  const actions = plan.actions.map((action) => {
    const { events, source } = effect?.actions.find(({ id }) => id === action.id) ?? {};
    if (source === undefined) return actionJson(action);
    return { ...actionJson(action), effect: { ...(events !== undefined && { events }), source } };
  });
  if (!effect) return { ...plan, actions };
  const { actions: _, ...sum } = effect;
  return { ...plan, actions, effect: sum };
}

/** What an action does, without the requests that do it. */
function actionJson(action: Action) {
  const { resource, type, id, name, reason, step, needs, before, after, secrets } = action;
  return {
    resource,
    type,
    id,
    name,
    reason,
    step,
    ...(needs && { needs }),
    before,
    after,
    ...(secrets && { secrets }),
    ...(action.resource === 'subscription' && {
      eventType: action.eventType,
      fieldsToUnsubscribe: action.fieldsToUnsubscribe,
      fieldsToSubscribe: action.fieldsToSubscribe,
    }),
  };
}

/** Name, message, what the error gathers, and what helps in the tenant that it is of; never a stack. */
export function errorJson(error: unknown, tenant?: string): object {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const remedy = remedyFor(error, tenant);
  return {
    name: error.name,
    message: error.message,
    ...(error instanceof ConfigError && { problems: error.problems }),
    ...(remedy !== undefined && { remedy }),
    ...(error instanceof AggregateError && { errors: error.errors.map((one) => errorJson(one, tenant)) }),
  };
}

/** As the service tells it. */
export function pauseJson({ at, ...rest }: Pause): object {
  return { at: timeJson(at), ...rest };
}

/** A time given in milliseconds since the epoch. */
export function timeJson(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
