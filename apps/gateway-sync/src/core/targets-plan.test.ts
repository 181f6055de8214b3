import { describe, expect, it } from 'vitest';
import {
  delivering,
  Deliverer,
  fingerprint,
  headers,
  http,
  knowing,
  operationsOf,
  planFor,
  secret,
  summary,
  target,
} from '../../test/support/delivering.js';
import { ModelConfigs, type ModelEntry, type ModelOptions } from '../../test/support/model-configs.js';
import { owned } from '../../test/support/values.js';
import type { DesiredTarget } from './delivery.js';
import type { OwnedThing } from './ledger.js';
import type { Part } from './part.js';
import type { Prune } from './state.js';
import { targetSettings } from './target-diff.js';
import { keyOfWish, newRowKey } from './target-key.js';

const FILTER = "$[?(@.type == 'B2B')]";
const ENTRY = '/configuration/http/eventsConfigurationEntry';

function entry(id: string, overrides: Partial<ModelEntry> = {}): ModelEntry {
  return {
    id,
    eventType: 'order.created',
    destinationUrl: 'https://hooks.example/orders',
    headers: {},
    excludedFields: null,
    active: true,
    ...overrides,
  };
}

function having(entries: readonly ModelEntry[], options?: ModelOptions): ModelConfigs {
  return new ModelConfigs([{ code: 'http', provider: 'HTTP', active: true, entries }], options);
}

const wanting = (targets: readonly DesiredTarget[], prune: Prune = 'owned') => delivering(http({ targets }), { prune });
const row = (id: string, wish: DesiredTarget, overrides: Partial<OwnedThing> = {}) =>
  owned(id, { resource: 'target', settings: targetSettings(wish), ...overrides });
const pending = (wish: DesiredTarget) => row(newRowKey(keyOfWish(wish)), wish, { pending: true });
const kinds = ({ problems }: Part) => problems.map(({ severity, kind }) => `${severity} ${kind}`);

const signed = target({ secretKey: secret('new') });
const secretly = () => having([entry('e1', { secretKey: 'old' })]);
/** A ledger that says this secret was written last. */
const known = (value: string) =>
  knowing([
    row('e1', signed, { fingerprints: { secretKey: fingerprint('target/order.created/secretKey', secret(value)) } }),
  ]);
const secretsOf = (part: Part) => part.actions.flatMap((action) => action.secrets ?? []);

describe('a target', () => {
  it('is created by its own operation, without an id', () => {
    const wish = target({ name: 'all', filter: FILTER, excludedFields: ['name', 'id'], secretKey: secret('k') });
    const part = planFor(wanting([wish]), having([]));
    expect(part.actions).toMatchObject([
      {
        type: 'create',
        resource: 'target',
        reason: 'missing',
        name: `order.created → https://hooks.example/orders ${FILTER} (all)`,
        before: null,
        after: {
          event: 'order.created',
          name: 'all',
          filter: FILTER,
          excludedFields: ['id', 'name'],
          secretKey: '[secret]',
        },
        secrets: ['secretKey'],
        fingerprints: { secretKey: expect.any(String) },
        operations: [{ op: 'UPSERT', path: ENTRY, value: { name: 'all', eventType: 'order.created', active: true } }],
      },
    ]);
  });

  it('is matched by event, destination and filter, and adopted without a write', () => {
    const wish = target({ name: 'anything', filter: FILTER });
    const part = planFor(wanting([wish]), having([entry('e1', { filter: FILTER })]));
    expect(part).toMatchObject({ actions: [], managed: 2, unchanged: 2 });
    expect(part.claims.matched).toContainEqual({ resource: 'target', key: 'e1', settings: targetSettings(wish) });
  });

  it('case 15: is the same whatever the case of its event type and host', () => {
    const part = planFor(
      wanting([target({ event: ' Order.CREATED', destinationUrl: 'https://HOOKS.example/orders' })]),
      having([entry('e1')]),
    );
    expect(summary(part)).toEqual([]);
  });

  it.each<[string, DesiredTarget['excludedFields'], ModelEntry['excludedFields'], unknown[]]>([
    ['null and null', null, null, []],
    [
      'null and empty',
      null,
      [],
      [{ op: 'UPSERT', path: `${ENTRY}/e1`, value: expect.objectContaining({ excludedFields: null }) }],
    ],
    ['empty and null', [], null, [{ op: 'UPSERT', path: `${ENTRY}/e1/excludedFields`, value: [] }]],
    ['empty and empty', [], [], []],
    ['some and empty', ['id'], [], [{ op: 'UPSERT', path: `${ENTRY}/e1/excludedFields`, value: ['id'] }]],
    ['the same in another order', ['id', 'name', 'id'], ['name', 'id'], []],
    ['nothing said and some', undefined, ['id'], []],
  ])('case 16: excludedFields wanted and found: %s', (_, wanted, found, operations) => {
    const wish = target(wanted === undefined ? {} : { excludedFields: wanted });
    const part = planFor(wanting([wish]), having([entry('e1', { excludedFields: found })]));
    expect(operationsOf(part)).toEqual(operations);
  });

  it('case 18: is changed field by field', () => {
    const server = having([entry('e1', { active: false, headers: { 'x-a': '1' } })]);
    const part = planFor(wanting([target({ headers: headers({ 'x-a': '2' }), secretKey: secret('k') })]), server);
    expect(operationsOf(part)).toEqual([
      { op: 'UPSERT', path: `${ENTRY}/e1/headers`, value: { 'x-a': { value: secret('2') } } },
      { op: 'UPSERT', path: `${ENTRY}/e1/active`, value: true },
      { op: 'UPSERT', path: `${ENTRY}/e1/secretKey`, value: secret('k') },
    ]);
    expect(part.actions).toMatchObject([
      {
        type: 'update',
        id: 'target:e1',
        before: { active: false, headers: { 'x-a': '[secret]' } },
        after: { active: true, headers: { 'x-a': '2' } },
      },
    ]);
  });

  it('case 18: is written as a whole where a field cannot be cleared by itself, with what the file does not manage', () => {
    const wish = target({ headers: {} });
    const server = having([entry('e1', { headers: { 'x-a': '1' }, excludedFields: ['id'], secretKey: 'k' })]);
    const part = planFor(wanting([wish]), server);
    expect(operationsOf(part)).toEqual([
      {
        op: 'UPSERT',
        path: `${ENTRY}/e1`,
        value: {
          eventType: 'order.created',
          destinationUrl: wish.destinationUrl,
          excludedFields: ['id'],
          active: true,
        },
      },
    ]);
    expect(kinds(part)).toEqual(['warning secret-unknown']);
    const keyed = planFor(wanting([{ ...wish, secretKey: secret('k') }]), server);
    expect(kinds(keyed)).toEqual([]);
    expect(kinds(planFor(wanting([wish]), having([entry('e1', { headers: { 'x-a': '1' } })])))).toEqual([]);
  });

  it('written as a whole gets its secret too, whether or not it is known to be there', () => {
    const wish = target({ headers: {}, secretKey: secret('k') });
    const server = having([entry('e1', { headers: { 'x-a': '1' }, secretKey: 'old' })]);
    const part = planFor(wanting([wish]), server, { instance: 'gateway-sync' });
    expect(part).toMatchObject({ actions: [{ secrets: ['secretKey'] }], problems: [] });
    expect(operationsOf(part)).toMatchObject([{ path: `${ENTRY}/e1`, value: { secretKey: wish.secretKey } }]);
  });

  it('drifted when the ledger says what the file says', () => {
    const wish = target();
    const reason = (recorded: DesiredTarget, entries: ModelEntry[]) =>
      planFor(wanting([wish]), having(entries), knowing([row('e1', recorded)])).actions.map((one) => one.reason);
    expect(reason(wish, [entry('e1', { active: false })])).toEqual(['drift']);
    expect(reason(target({ active: false }), [entry('e1', { active: false })])).toEqual(['changed']);
    expect(reason(wish, [])).toEqual(['drift']);
  });
});

describe('several targets of one event type', () => {
  it('case 33: are told apart by destination and filter, and keep their ids', () => {
    const server = having([
      entry('e1', { destinationUrl: 'https://b.example/' }),
      entry('e2', { filter: FILTER }),
      entry('e3'),
    ]);
    const targets = [
      target(),
      target({ filter: FILTER, active: false }),
      target({ destinationUrl: 'https://b.example' }),
    ];
    const part = planFor(wanting(targets), server);
    expect(summary(part)).toEqual(['update target:e2']);
    expect(
      part.claims.matched
        .filter(({ resource }) => resource === 'target')
        .map(({ key }) => key)
        .toSorted(),
    ).toEqual(['e1', 'e2', 'e3']);
  });

  it('case 33: that only their names tell apart are counted, and the ledger decides which is which', () => {
    const [a, b] = [target({ name: 'A' }), target({ name: 'B', active: false })];
    const server = having([entry('e1'), entry('e2', { active: false })]);
    expect(summary(planFor(wanting([a, b]), server))).toEqual([]);
    const swapped = knowing([row('e1', b), row('e2', a)]);
    expect(summary(planFor(wanting([a, b]), server, swapped))).toEqual(['update target:e1', 'update target:e2']);
    expect(summary(planFor(wanting([a, b, target({ name: 'C' })]), server))).toHaveLength(1);
  });

  it('case 33: that leave a choice are given the entries that fit them, those with less choice first', () => {
    const [any, none] = [target({ name: 'A' }), target({ name: 'B', excludedFields: [] })];
    const server = having([entry('e1', { excludedFields: [] }), entry('e2', { excludedFields: ['id'] })]);
    expect(summary(planFor(wanting([any, none]), server))).toEqual([]);
    const [plain, keyed] = [target({ name: 'A' }), target({ name: 'B', secretKey: secret('k') })];
    const secretive = having([entry('e1', { secretKey: 'k' }), entry('e2')]);
    expect(planFor(wanting([plain, keyed]), secretive).actions).toMatchObject([
      { id: 'target:e1', secrets: ['secretKey'] },
    ]);
  });

  it('take no entry that the ledger knows by another name when there is one without', () => {
    const server = having([entry('e1'), entry('e2')]);
    const part = planFor(wanting([target({ name: 'new' })]), server, knowing([row('e1', target({ name: 'old' }))]));
    expect(summary(part)).toEqual(['delete target:e1']);
  });

  it('with different secrets are not doubtful where the service returns names', () => {
    const targets = [target({ name: 'A', secretKey: secret('one') }), target({ name: 'B', secretKey: secret('two') })];
    const deliverer = new Deliverer(having([], { namesReturned: true }));
    deliverer.run(wanting(targets));
    expect(deliverer.server.written).toHaveLength(2);
  });

  it('that lead elsewhere do not make each other doubtful', () => {
    const [a, b] = [
      target({ secretKey: secret('one') }),
      target({ destinationUrl: 'https://b.example/', secretKey: secret('two') }),
    ];
    const deliverer = new Deliverer(having([]));
    deliverer.run(wanting([a, b]));
    expect(deliverer.server.written).toHaveLength(2);
  });

  it('are matched by name where the service returns names', () => {
    const server = having([entry('e1', { name: 'B' }), entry('e2', { name: 'A' })], { namesReturned: true });
    const part = planFor(wanting([target({ name: 'A', active: false }), target({ name: 'B' })]), server);
    expect(summary(part)).toEqual(['update target:e2']);
    expect(summary(planFor(wanting([target({ name: 'C' })]), server))).toMatchObject([
      expect.stringMatching(/^create/),
    ]);
  });

  it('with different secrets get them anew when nothing tells which entry is whose', () => {
    const [a, b] = [target({ name: 'A', secretKey: secret('one') }), target({ name: 'B', secretKey: secret('two') })];
    const deliverer = new Deliverer(having([]));
    deliverer.run(wanting([a, b]));
    expect(
      deliverer.server
        .entries()
        .map(({ name, secretKey }) => `${name} ${secretKey}`)
        .toSorted(),
    ).toEqual(['A one', 'B two']);
    expect(deliverer.plan(wanting([a, b])).actions).toEqual([]);
  });
});

describe('a name that changes', () => {
  it('is written where the ledger knows the old one, although the service does not return it', () => {
    const part = planFor(
      wanting([target({ name: 'new' })]),
      having([entry('e1', { name: 'old' })]),
      knowing([row('e1', target({ name: 'old' }))]),
    );
    expect(operationsOf(part)).toEqual([{ op: 'UPSERT', path: `${ENTRY}/e1/name`, value: 'new' }]);
  });

  it('is not managed when the file has none', () => {
    const part = planFor(wanting([target()]), having([entry('e1', { name: 'old' })], { namesReturned: true }));
    expect(summary(part)).toEqual([]);
  });
});

describe('a target that leads elsewhere now', () => {
  const old = target({ destinationUrl: 'https://old.example/' });
  const live = entry('e1', { destinationUrl: 'https://old.example/' });

  it('is changed in place when it is ours and the only one of its event type that is left', () => {
    const part = planFor(wanting([target()]), having([live]), knowing([row('e1', old)]));
    expect(part.actions).toMatchObject([
      { type: 'update', id: 'target:e1', reason: 'changed', before: { destinationUrl: 'https://old.example/' } },
    ]);
    expect(operationsOf(part)).toEqual([
      { op: 'UPSERT', path: `${ENTRY}/e1/destinationUrl`, value: 'https://hooks.example/orders' },
    ]);
  });

  it('is changed back in place when somebody else changed it', () => {
    const part = planFor(wanting([target()]), having([live]), knowing([row('e1', target())]));
    expect(part.actions).toMatchObject([{ type: 'update', id: 'target:e1', reason: 'drift' }]);
  });

  it('is changed in place by its name when there are more', () => {
    const entries = [live, entry('e2', { destinationUrl: 'https://older.example/' })];
    const ledger = [
      row('e1', { ...old, name: 'A' }),
      row('e2', target({ destinationUrl: 'https://older.example/', name: 'B' })),
    ];
    const wishes = [target({ name: 'A' }), target({ name: 'C', destinationUrl: 'https://c.example/' })];
    const part = planFor(wanting(wishes), having(entries), knowing(ledger));
    expect(summary(part).toSorted()).toEqual(['update target:e1', 'update target:e2']);
    expect(operationsOf(part)).toContainEqual({
      op: 'UPSERT',
      path: `${ENTRY}/e1/destinationUrl`,
      value: 'https://hooks.example/orders',
    });
  });

  it.each<[string, Prune, OwnedThing[]]>([
    ['it is not ours', 'all', []],
    ['the file takes nothing away', 'none', [row('e1', old)]],
  ])('is created anew when %s', (_, prune, ledger) => {
    const part = planFor(wanting([target()], prune), having([live]), knowing(ledger));
    expect(part.actions.map(({ type }) => type)).toEqual(prune === 'all' ? ['delete', 'create'] : ['create']);
  });

  it('is created before the old one goes, when it is not clear which follows which', () => {
    const entries = [live, entry('e2', { destinationUrl: 'https://older.example/' })];
    const ledger = [row('e1', old), row('e2', target({ destinationUrl: 'https://older.example/' }))];
    const part = planFor(wanting([target()]), having(entries), knowing(ledger));
    const creation = part.actions.find(({ type }) => type === 'create');
    expect(part.actions.filter(({ type }) => type === 'delete').map(({ step, needs }) => [step, needs])).toEqual([
      ['remove', [creation?.id]],
      ['remove', [creation?.id]],
    ]);
  });
});

describe('an entry that the file does not name', () => {
  const server = having([entry('e1', { headers: { 'x-a': 'hush' }, secretKey: 'k' })]);

  it('goes when it is ours, by its id', () => {
    const part = planFor(wanting([]), server, knowing([row('e1', target())]));
    expect(part.actions).toMatchObject([
      {
        type: 'delete',
        id: 'target:e1',
        reason: 'removed',
        step: 'remove',
        before: { event: 'order.created', headers: { 'x-a': '[secret]' } },
        after: null,
      },
    ]);
    expect(operationsOf(part)).toEqual([{ op: 'REMOVE', path: `${ENTRY}/e1` }]);
  });

  it.each<[string, Prune, ReturnType<typeof knowing> | undefined]>([
    ['prune-none', 'none', knowing([row('e1', target())])],
    ['no-ledger', 'owned', { instance: 'gateway-sync' }],
    ['not-owned', 'owned', knowing()],
    ['owned-elsewhere', 'all', knowing([row('e1', target(), { instance: 'other' })])],
    ['unread', 'all', knowing([], { unread: 'the endpoints' })],
  ])('stays: %s', (reason, prune, knowledge) => {
    const part = planFor(wanting([], prune), server, knowledge);
    expect(part).toMatchObject({ actions: [], foreign: [{ resource: 'target', reason }] });
    expect(part.claims.kept).toContain('e1');
  });

  it('is shown as it was read, without what nobody said', () => {
    const [action] = planFor(wanting([], 'all'), having([entry('e1', { name: 'n' })], { namesReturned: true })).actions;
    expect(action?.before).toEqual({
      event: 'order.created',
      destinationUrl: 'https://hooks.example/orders',
      name: 'n',
      active: true,
      excludedFields: null,
    });
    const plain = planFor(wanting([], 'all'), having([entry('e1', { destinationUrl: 'https://u:hush@a.example/' })]));
    expect(plain.actions[0]).toMatchObject({ name: 'order.created → https://[secret]@a.example/' });
    expect(JSON.stringify(plain)).not.toContain('hush');
    expect(plain.actions[0]?.before).not.toHaveProperty('name');
  });

  it('goes with prune: all although it was never ours, which is drift where there is a ledger', () => {
    expect(planFor(wanting([], 'all'), server).actions).toMatchObject([{ type: 'delete', reason: 'drift' }]);
    expect(planFor(wanting([], 'all'), server, { instance: 'gateway-sync' }).actions).toMatchObject([
      { reason: 'removed' },
    ]);
  });

  it('case 11: is not changed when another installation owns it and the file names it too', () => {
    const part = planFor(
      wanting([target({ active: false })]),
      server,
      knowing([row('e1', target(), { instance: 'other' })]),
    );
    expect(part.actions).toEqual([]);
    expect(part.problems).toMatchObject([{ kind: 'owned-elsewhere', message: expect.stringContaining('other') }]);
  });
});

describe('a creation whose answer was never recorded', () => {
  it('case 40: is found by its natural key, and not made again', () => {
    const wish = target();
    const part = planFor(wanting([wish]), having([entry('e1')]), knowing([pending(wish)]));
    expect(part.actions).toEqual([]);
    expect(part.claims.matched).toContainEqual(expect.objectContaining({ key: 'e1', row: newRowKey(keyOfWish(wish)) }));
  });

  it('is ours to remove when it is exactly what the write would have made', () => {
    const gone = pending(target());
    expect(summary(planFor(wanting([]), having([entry('e1')]), knowing([gone])))).toEqual(['delete target:e1']);
    const twins = planFor(wanting([]), having([entry('e1'), entry('e2')]), knowing([gone]));
    expect(twins.foreign.map(({ reason }) => reason)).toEqual(['not-owned', 'not-owned']);
    const other = planFor(wanting([]), having([entry('e1', { filter: FILTER })]), knowing([gone]));
    expect(other.foreign).toMatchObject([{ reason: 'not-owned' }]);
  });

  it('is ours beside another of the same kind that the ledger knows', () => {
    const part = planFor(
      wanting([]),
      having([entry('e1'), entry('e2')]),
      knowing([pending(target()), row('e2', target())]),
    );
    expect(summary(part)).toEqual(['delete target:e1', 'delete target:e2']);
  });

  it('leaves no row behind once the entry has one of its own', () => {
    const wish = target();
    const ledger = [pending(wish), row('e1', wish)];
    expect(planFor(wanting([wish]), having([entry('e1')]), knowing(ledger)).claims.kept).toEqual(
      new Set(['http', 'e1']),
    );
  });

  it('keeps its row until the entry is in line', () => {
    const wish = target({ active: false });
    const { claims, actions } = planFor(wanting([wish]), having([entry('e1')]), knowing([pending(wish)]));
    expect(claims.kept).toContain(newRowKey(keyOfWish(wish)));
    expect(claims.matched).toContainEqual(expect.objectContaining({ key: 'e1', action: actions[0]?.id }));
    expect(claims.matched).not.toContainEqual(expect.objectContaining({ row: expect.anything() }));
  });

  it('is told from others by its name where the service returns names', () => {
    const gone = pending(target({ name: 'ours' }));
    const removed = (name: string) =>
      summary(planFor(wanting([]), having([entry('e1', { name })], { namesReturned: true }), knowing([gone])));
    expect(removed('ours')).toEqual(['delete target:e1']);
    expect(removed('theirs')).toEqual([]);
  });

  it('keeps its row while the target is wanted, and loses it when it is neither wanted nor there', () => {
    const wish = target();
    const key = newRowKey(keyOfWish(wish));
    expect(planFor(wanting([wish]), having([]), knowing([pending(wish)])).claims.kept).toContain(key);
    expect(planFor(wanting([]), having([]), knowing([pending(wish)])).claims.kept).not.toContain(key);
  });
});

describe('the secret of a target', () => {
  it('case 34: is not written when the ledger has its fingerprint', () => {
    expect(secretsOf(planFor(wanting([signed]), secretly(), known('new')))).toEqual([]);
  });

  it('case 35: is written when the ledger has another one or none, and when there is no secret', () => {
    expect(secretsOf(planFor(wanting([signed]), secretly(), known('old')))).toEqual(['secretKey']);
    expect(secretsOf(planFor(wanting([signed]), secretly()))).toEqual(['secretKey']);
    expect(secretsOf(planFor(wanting([signed]), having([entry('e1')]), known('new')))).toEqual(['secretKey']);
  });

  it('stays without a ledger, with a note', () => {
    const part = planFor(wanting([signed]), secretly(), { instance: 'gateway-sync' });
    expect(part.actions).toEqual([]);
    expect(kinds(part)).toEqual(['note secret-unknown']);
  });

  it('that came with the creation of the config is known, until an entry of its own is recorded', () => {
    const deliverer = new Deliverer(new ModelConfigs());
    deliverer.run(wanting([signed]));
    expect(deliverer.plan(wanting([signed])).actions).toEqual([]);
    deliverer.server.touch('http', { entries: [entry('foreign', { secretKey: 'theirs' })] });
    expect(secretsOf(deliverer.plan(wanting([signed])))).toEqual(['secretKey']);
  });
});

describe('a target that is unclear', () => {
  it('case 28: of an unknown event type is withheld with the nearest names, and nothing is removed; the others go on', () => {
    const part = planFor(
      wanting([target({ event: 'order.creatd' }), target({ event: 'quote.updated' })], 'all'),
      having([entry('e1')]),
    );
    expect(part.actions).toMatchObject([{ type: 'create', after: { event: 'quote.updated' } }]);
    expect(part.problems).toMatchObject([{ kind: 'unknown-event', nearest: ['order.created', 'order.updated'] }]);
    expect(part.foreign).toMatchObject([{ reason: 'unresolved' }]);
  });

  it('with an unknown field is withheld, and its live counterpart stays', () => {
    const part = planFor(
      wanting([target({ excludedFields: ['descripton'], active: false })], 'all'),
      having([entry('e1')]),
    );
    expect(part).toMatchObject({ actions: [], foreign: [] });
    expect(part.problems).toMatchObject([{ kind: 'unknown-field', nearest: ['description'] }]);
    expect(part.claims.kept).toContain('e1');
  });

  it('case 13: twice the same counts once; twice with different settings is a contradiction that names both', () => {
    const [one, two] = [target({ event: 'ORDER.CREATED' }), target()];
    expect(planFor(wanting([one, two]), having([]))).toMatchObject({
      managed: 2,
      problems: [],
      actions: [{ type: 'create' }],
    });
    const other = target({ active: false });
    const part = planFor(wanting([one, other]), having([entry('e1')]));
    expect(part.actions).toEqual([]);
    expect(part.problems).toMatchObject([{ kind: 'contradiction', places: [one.place, other.place].toSorted() }]);
  });

  it.each<[string, Partial<DesiredTarget>, Partial<DesiredTarget>, boolean]>([
    ['the same secrets', { secretKey: secret('k') }, { secretKey: secret('k') }, true],
    ['different secrets', { secretKey: secret('k') }, { secretKey: secret('l') }, false],
    ['a secret and none', { secretKey: secret('k') }, {}, false],
    ['the same headers', { headers: headers({ 'X-A': '1' }) }, { headers: headers({ 'x-a': '1' }) }, true],
    ['different headers', { headers: headers({ 'x-a': '1' }) }, { headers: headers({ 'x-a': '2' }) }, false],
    ['headers and none', { headers: {} }, {}, false],
    ['the same fields', { excludedFields: ['id', 'name'] }, { excludedFields: ['name', 'id'] }, true],
    ['null and empty', { excludedFields: null }, { excludedFields: [] }, false],
  ])('case 13: agrees or not with %s', (_, a, b, agree) => {
    expect(planFor(wanting([target(a), target(b)]), having([])).problems).toHaveLength(agree ? 0 : 1);
  });
});
