import { describe, expect, test } from 'vitest';
import type { Action, ConfigAction, EndpointAction, Step } from './action.js';
import { awaitEndpoints } from './await-endpoints.js';
import type { Part } from './part.js';

function config(id: string, step: Step, needs?: readonly string[]): ConfigAction {
  return {
    resource: 'config',
    type: 'update',
    id,
    name: id,
    code: id,
    reason: 'changed',
    step,
    before: null,
    after: null,
    write: { type: 'delete', code: id, force: false },
    ...(needs && { needs }),
  };
}

function endpoint(id: string, step: Step): EndpointAction {
  const { resource: _, code: __, ...base } = config(id, step);
  return { ...base, resource: 'endpoint', write: { type: 'delete', endpointId: id } };
}

function part(actions: readonly Action[], overrides: Partial<Part> = {}): Part {
  const claims = { matched: [], kept: new Set<string>() };
  return { actions, foreign: [], problems: [], managed: 0, unchanged: 0, claims, ...overrides };
}

const READ = { endpoints: [], complete: true };
const delivery = part([config('new', 'prepare'), config('on', 'activate', ['new']), config('off', 'retire')]);
const needsOf = ({ actions }: Part) => actions.map(({ id, needs = [] }) => `${id}: ${needs.join()}`);

describe('a switch', () => {
  test('needs the endpoints that are made or changed, beside what it needed already; removals it does not wait for', () => {
    const endpoints = part([endpoint('erp', 'prepare'), endpoint('old', 'remove')]);
    expect(needsOf(awaitEndpoints(delivery, endpoints, READ))).toEqual(['new: ', 'on: new,erp', 'off: erp']);
  });

  test('stays as it is where every endpoint stands, and of an application that cannot be asked before it', () => {
    expect(awaitEndpoints(delivery, part([endpoint('old', 'remove')]), READ)).toBe(delivery);
    const assumed = { endpoints: [], complete: false, assumed: true } as const;
    expect(awaitEndpoints(delivery, part([endpoint('erp', 'prepare')]), assumed)).toBe(delivery);
  });

  test('is left out, with a warning, while the endpoints cannot be read or have an error', () => {
    const error = { severity: 'error', kind: 'unknown-event', message: '', places: [], nearest: [] } as const;
    const unread = awaitEndpoints(delivery, undefined, undefined);
    const unclear = awaitEndpoints(delivery, part([], { problems: [error] }), READ);
    for (const waiting of [unread, unclear]) expect(needsOf(waiting)).toEqual(['new: ']);
    expect([unread, unclear].map(({ problems }) => problems)).toMatchObject([
      [
        {
          severity: 'warning',
          kind: 'switch-waits',
          message: expect.stringMatching(/^on, off: .*can be read, so that/),
        },
      ],
      [{ severity: 'warning', kind: 'switch-waits', message: expect.stringMatching(/^on, off: .*are without errors/) }],
    ]);
  });

  test('that is none is no business of the endpoints', () => {
    const quiet = part([config('new', 'prepare')]);
    expect(awaitEndpoints(quiet, undefined, undefined)).toBe(quiet);
  });
});
