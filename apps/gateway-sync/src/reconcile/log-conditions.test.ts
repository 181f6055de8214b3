import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { Condition, Conditions } from '../core/conditions.js';
import { logConditions } from './log-conditions.js';

const one = (type: Condition['type'], status: Condition['status'], message = ''): Condition => ({
  type,
  status,
  reason: 'Because',
  message,
  since: 0,
});

/** Lines as `level message`. */
function lines(before: Conditions, after: Conditions): string[] {
  const told: string[] = [];
  const write = (line: string) => {
    const { level, msg } = JSON.parse(line) as { level: number; msg: string };
    told.push(`${pino.levels.labels[level]} ${msg}`);
  };
  logConditions(pino({ level: 'trace' }, { write }), before, after);
  return told;
}

describe('a condition', () => {
  it('is told when its status changes', () => {
    expect(lines([one('Synced', 'true')], [one('Synced', 'false')])).toEqual([
      'info condition Synced is false: Because',
    ]);
    expect(lines([one('Blocked', 'false')], [one('Blocked', 'true')])).toEqual([
      'info condition Blocked is true: Because',
    ]);
  });

  it('is told when it is in order again', () => {
    expect(lines([one('Blocked', 'true')], [one('Blocked', 'false')])).toEqual([
      'info condition Blocked is false: Because',
    ]);
  });

  it('is no news when it stays, and hardly any when a new tenant is in order', () => {
    expect(lines([one('Ready', 'true')], [one('Ready', 'true', 'other words')])).toEqual([]);
    expect(lines([one('Ready', 'unknown')], [one('Ready', 'true')])).toEqual([
      'debug condition Ready is true: Because',
    ]);
    expect(lines([one('Drifted', 'unknown')], [one('Drifted', 'true')])).toEqual([
      'info condition Drifted is true: Because',
    ]);
  });
});
