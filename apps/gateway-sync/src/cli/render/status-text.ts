import type { ServiceQuotaState } from '@gateway-sync/api';
import type { Condition, Conditions, ConditionType } from '../../core/conditions.js';
import type { AuditRecord } from '../../core/ports.js';
import { changeLine, type ShortChange } from './history-text.js';
import { failureText, forecastText } from './quota-text.js';
import { printable, type Paint } from './paint.js';
import { time } from './words.js';

/** The status that is as it should be. */
const WELL: Readonly<Record<ConditionType, Condition['status']>> = {
  Ready: 'true',
  Synced: 'true',
  Drifted: 'false',
  Blocked: 'false',
  Contended: 'false',
  CatalogueOk: 'true',
  QuotaOk: 'true',
};

/** How one tenant stands, whoever found it out. */
export interface StatusView {
  readonly tenant: string;
  /** Said beside its name. */
  readonly remark?: string;
  readonly conditions: Conditions;
  /** When it was looked at, milliseconds since the epoch: what holds since before is told with its time. */
  readonly asOf: number;
  /** What the month comes to, and what is given up for it. */
  readonly quotaState?: ServiceQuotaState;
  readonly isPaused: boolean;
  readonly lastChange?: Pick<AuditRecord, 'at' | 'actor' | 'trigger'> & ShortChange;
}

/** Whether anything is not as it should be; what nobody knows is no trouble by itself. */
export function needsAttention({ conditions, quotaState }: Pick<StatusView, 'conditions' | 'quotaState'>): boolean {
  return quotaState?.failure !== undefined || conditions.some((condition) => isIll(condition));
}

function isIll({ type, status }: Condition): boolean {
  return status !== 'unknown' && status !== WELL[type];
}

/** How one tenant stands, as a table of its conditions and its last change. */
export function statusText(
  { tenant, remark, conditions, asOf, quotaState, isPaused, lastChange }: StatusView,
  now: number,
  paint: Paint,
): string {
  const widths = [
    Math.max(...conditions.map(({ type }) => type.length)),
    'unknown'.length,
    Math.max(...conditions.map(({ reason }) => reason.length)),
  ] as const;
  return [
    `${paint.bold(printable(tenant))}${remark === undefined ? '' : paint.dim(` (${printable(remark)})`)}`,
    ...conditions.map((condition) => conditionLine(condition, widths, asOf, paint)),
    ...(quotaState?.failure
      ? [`  ${paint.bad(`quota not read: ${failureText(quotaState.failure, now, isPaused)}`)}`]
      : []),
    ...(quotaState?.forecast ? [`  forecast ${forecastText(quotaState.forecast)}`] : []),
    ...(lastChange
      ? [
          `  last change ${time(lastChange.at)} by ${printable(lastChange.actor)} (${lastChange.trigger})`,
          changeLine(lastChange, paint),
        ]
      : []),
  ]
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

function conditionLine(
  condition: Condition,
  [types, statuses, reasons]: readonly [number, number, number],
  asOf: number,
  paint: Paint,
): string {
  const { type, status, reason, message, since } = condition;
  const told = [printable(message), ...(since < asOf ? [`since ${time(since)}`] : [])];
  return [
    ` `,
    type.padEnd(types),
    colorOf(condition, paint)(status.padEnd(statuses)),
    printable(reason).padEnd(reasons),
    told.filter((part) => part !== '').join(', '),
  ].join(' ');
}

function colorOf(condition: Condition, paint: Paint): (text: string) => string {
  if (isIll(condition)) return paint.bad;
  return condition.status === 'unknown' ? paint.warning : paint.good;
}
