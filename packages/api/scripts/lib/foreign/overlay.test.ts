import { expect, test } from 'vitest';
import { asObject, type JsonObject } from '../json.ts';
import { Origins } from './origins.ts';
import { applyOverlay } from './overlay.ts';

function mended(root: JsonObject, ...actions: readonly JsonObject[]) {
  const document = { root };
  const overlay = { file: '/o.yaml', root: { overlay: '1.0.0', actions } };
  const faults = applyOverlay(document, overlay, new Origins()).map(({ at, message }) => `${at.join('.')}: ${message}`);
  return { root: document.root, faults };
}

function faultyPlaces(overlay: JsonObject) {
  return applyOverlay({ root: {} }, { file: '/o.yaml', root: overlay }, new Origins()).map(({ at }) => at);
}

test('an update merges objects, appends to lists and takes the place of values', () => {
  const root = { info: { title: 'A', contact: { name: 'x' } }, tags: [{ name: 'a' }] };
  const { root: result, faults } = mended(
    root,
    { target: '$.info', update: { title: 'B', contact: { url: 'y' } } },
    { target: '$.tags', update: [{ name: 'b' }] },
    { target: '$.tags[0].name', update: 'c' },
  );
  expect(faults).toEqual([]);
  expect(result).toEqual({
    info: { title: 'B', contact: { name: 'x', url: 'y' } },
    tags: [{ name: 'c' }, { name: 'b' }],
  });
  expect(root.info.title).toBe('A');
});

test('a removal takes what is selected, and several items of one list', () => {
  const { root, faults } = mended(
    { list: ['a', 'b', 'a', 'c'], paths: { '/x': { get: { deprecated: true } }, '/y': { get: {} } } },
    { target: "$.list[?@ == 'a']", remove: true },
    { target: '$.paths[?@.get.deprecated == true]', remove: true },
  );
  expect(faults).toEqual([]);
  expect(root).toEqual({ list: ['b', 'c'], paths: { '/y': { get: {} } } });
});

test('an action sees what the actions before it have left', () => {
  const { faults } = mended(
    { info: {} },
    { target: '$.info.contact', update: { name: 'x' } },
    { target: '$.info', update: { contact: {} } },
    { target: '$.info.contact', update: { name: 'x' } },
    { target: '$.info.contact', remove: true },
    { target: '$.info.contact', remove: true, description: 'no contact' },
  );
  expect(faults).toEqual([
    'actions.0.target: $.info.contact selects nothing: the document has changed; adapt the action, or delete it if it is not needed any more',
    'actions.4.target: $.info.contact selects nothing (no contact): the document has changed; adapt the action, or delete it if it is not needed any more',
  ]);
});

test('what stands at two places is changed at the one that was selected', () => {
  const shared = { type: 'string' };
  const { root } = mended({ a: shared, b: shared }, { target: '$.a', update: { type: 'integer' } });
  expect(root).toEqual({ a: { type: 'integer' }, b: { type: 'string' } });
});

test.each([
  [{ target: '$.info[', update: {} }, /^actions\.0\.target: \$\.info\[ is no JSONPath: /],
  [{ update: {} }, /^actions\.0: an action needs a target/],
  [{ target: '$.info' }, /an action needs `update` or `remove: true`$/],
  [{ target: '$', remove: true }, /the document itself cannot be removed$/],
  [{ target: '$.info', update: 'x' }, /the update does not fit what is at info/],
  [{ target: '$', update: { info: 'x' } }, /the update does not fit what is at info/],
  [{ target: '$.info.title', update: { a: 1 } }, /the update does not fit what is at info\.title/],
])('an action that cannot be carried out is a fault: %j', (action, message) => {
  expect(mended({ info: { title: 'A' } }, action).faults).toEqual([expect.stringMatching(message)]);
});

test('an overlay without version or actions is a fault', () => {
  expect(faultyPlaces({ actions: [{}] })).toEqual([['overlay']]);
  expect(faultyPlaces({ overlay: '1.0.0', actions: [] })).toEqual([['actions']]);
});

test('where a mended value was written is known: in the document, or in the overlay', () => {
  const origins = new Origins();
  const document: { root: JsonObject } = { root: { info: { contact: { name: 'x' } } } };
  origins.record({ file: '/d.yaml', at: [] }, document.root);
  applyOverlay(
    document,
    {
      file: '/o.yaml',
      root: { overlay: '1.0.0', actions: [{ target: '$.info', update: { license: { name: 'MIT' } } }] },
    },
    origins,
  );
  expect(origins.find(document.root, ['info', 'contact', 'name'])).toEqual({
    file: '/d.yaml',
    at: ['info', 'contact', 'name'],
  });
  expect(origins.find(document.root, ['info', 'license', 'name'])).toEqual({
    file: '/o.yaml',
    at: ['actions', 0, 'update', 'license', 'name'],
  });
  expect(asObject(document.root['info'])['license']).toEqual({ name: 'MIT' });
});
