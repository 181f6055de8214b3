import { describe, expect, it } from 'vitest';
import type { ConfigAction, TargetAction } from './action.js';
import { configRequests } from './config-requests.js';
import type { ConfigOperation, ConfigWrite } from './delivery.js';

const common = { name: 'x', reason: 'changed', step: 'prepare', before: null, after: null } as const;

function config(id: string, write: ConfigWrite): ConfigAction {
  return { ...common, resource: 'config', type: 'update', id, code: write.code, write };
}

function target(id: string, operation: ConfigOperation, code = 'http'): TargetAction {
  return { ...common, resource: 'target', type: 'update', id, code, operations: [operation] };
}

const ENTRY = '/configuration/http/eventsConfigurationEntry';
const change = (id: string): ConfigOperation => ({ op: 'UPSERT', path: `${ENTRY}/${id}/active`, value: true });
const create: ConfigOperation = { op: 'UPSERT', path: ENTRY, value: {} };
const root: ConfigWrite = {
  type: 'patch',
  code: 'http',
  operations: [{ op: 'REMOVE', path: '/configuration/http/headers' }],
};

const shape = (actions: readonly (ConfigAction | TargetAction)[]) =>
  configRequests(actions).map(({ write, actions: carried }) => [
    write.type,
    write.code,
    write.type === 'patch' ? write.operations.length : 0,
    carried.map(({ id }) => id).join(' '),
  ]);

describe('configRequests', () => {
  it('puts the changes of one config into one PATCH, in their order', () => {
    const actions = [config('c', root), target('a', change('a')), target('b', change('b'))];
    expect(shape(actions)).toEqual([['patch', 'http', 3, 'c a b']]);
    expect(configRequests(actions)[0]?.write).toMatchObject({
      operations: [
        { path: '/configuration/http/headers' },
        { path: `${ENTRY}/a/active` },
        { path: `${ENTRY}/b/active` },
      ],
    });
  });

  it('keeps configs apart, and writes that are no PATCH', () => {
    const gone: ConfigWrite = { type: 'delete', code: 'svix', force: false };
    expect(
      shape([target('a', change('a')), config('d', gone), target('b', change('b'), 'other'), target('c', change('c'))]),
    ).toEqual([
      ['patch', 'http', 2, 'a c'],
      ['delete', 'svix', 0, 'd'],
      ['patch', 'other', 1, 'b'],
    ]);
  });

  it('sends every creation of an entry on its own, so that sending it again doubles no other', () => {
    expect(
      shape([target('n', create), target('a', change('a')), target('m', create), target('b', change('b'))]),
    ).toEqual([
      ['patch', 'http', 1, 'n'],
      ['patch', 'http', 2, 'a b'],
      ['patch', 'http', 1, 'm'],
    ]);
  });

  it('makes nothing of nothing', () => {
    expect(configRequests([])).toEqual([]);
  });
});
