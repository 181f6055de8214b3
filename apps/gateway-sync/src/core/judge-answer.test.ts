import { describe, expect, test } from 'vitest';
import { delivering, http, planFor, target } from '../../test/support/delivering.js';
import { ModelConfigs } from '../../test/support/model-configs.js';
import type { Action } from './action.js';
import type { DesiredDelivery } from './delivery.js';
import { RejectedError, UnreachableError } from './errors.js';
import { judgeAnswer } from './judge-answer.js';

const details = { operation: 'createConfig', status: 400 };
const silent = new UnreachableError('destinationUrl: not accessible', details);

/** The one that creates the config. */
function creating(delivery: Partial<DesiredDelivery>): Action {
  const [action] = planFor(delivering(http(delivery)), new ModelConfigs()).actions;
  if (!action) throw new Error('nothing is planned');
  return action;
}

describe('a destination that does not answer', () => {
  const action = creating({
    destinationUrl: 'https://u:hunter2@hooks.example/all',
    targets: [
      target(),
      target({ event: 'order.updated' }),
      target({ event: 'quote.updated', destinationUrl: 'https://crm.example/in' }),
    ],
  });

  test('is among those that the message names, each once and without its user', () => {
    expect(judgeAnswer(action, silent)).toEqual({
      action,
      status: 'unreachable',
      code: 400,
      message:
        'destinationUrl: not accessible; sent: https://[secret]@hooks.example/all, https://hooks.example/orders, https://crm.example/in',
    });
  });

  test('is not named where something else was refused, or where the request sets none', () => {
    expect(judgeAnswer(action, new RejectedError('code: taken', details)).message).toBe('code: taken');
    expect(judgeAnswer(creating({}), silent).message).toBe(silent.message);
  });
});
