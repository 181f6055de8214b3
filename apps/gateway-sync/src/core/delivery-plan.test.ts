import { describe, expect, it } from 'vitest';
import {
  CATALOGUE,
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
import { ModelConfigs, type ModelConfig } from '../../test/support/model-configs.js';
import { owned } from '../../test/support/values.js';
import type { Action } from './action.js';
import { planDelivery } from './delivery-plan.js';
import type { ConfigWrite } from './delivery.js';
import { lastActiveConfig } from './guard-delivery.js';
import type { OwnedThing } from './ledger.js';

const SHARED: ModelConfig = { code: 'svix_shared', provider: 'SVIX_SHARED', active: true };
const HTTP: ModelConfig = { code: 'http', provider: 'HTTP', active: true };
const configRow = (code: string, overrides: Partial<OwnedThing> = {}) =>
  owned(code, { resource: 'config', ...overrides });

const secretly = () => new ModelConfigs([{ ...HTTP, secretKey: 'old' }]);
const written = (part: ReturnType<typeof planFor>) => part.actions.flatMap(({ secrets = [] }) => secrets);
/** A ledger that says this secret was written last. */
const known = (value: string) => {
  const settings = { provider: 'HTTP', active: true, secretKey: '[secret]' };
  const fingerprints = { secretKey: fingerprint('config/HTTP/secretKey', secret(value)) };
  return knowing([configRow('http', { settings, fingerprints })]);
};

const configAction = (write: ConfigWrite): Action => ({
  resource: 'config',
  type: 'update',
  id: 'x',
  name: 'x',
  code: write.code,
  reason: 'changed',
  step: 'retire',
  before: null,
  after: null,
  write,
});

describe('a tenant without the config of its provider', () => {
  it('gets it with everything in one request, active at once where there is no config at all', () => {
    const server = new ModelConfigs();
    const desired = delivering(
      http({
        destinationUrl: 'https://hooks.example/',
        secretKey: secret('key'),
        headers: headers({ 'X-Shop': 'one', 'X-Api-Key': 'hush' }),
        targets: [target({ event: 'ORDER.created', secretKey: secret('own') })],
      }),
    );
    const part = planFor(desired, server);
    expect(summary(part)).toEqual(['create config:http']);
    expect(part.actions[0]).toMatchObject({
      name: 'http (HTTP)',
      reason: 'missing',
      step: 'prepare',
      before: null,
      after: {
        active: true,
        destinationUrl: 'https://hooks.example/',
        headers: { 'x-shop': 'one', 'x-api-key': '[secret]' },
        secretKey: '[secret]',
        targets: [{ event: 'order.created', destinationUrl: 'https://hooks.example/orders', secretKey: '[secret]' }],
      },
      secrets: ['secretKey', 'headers.x-api-key', expect.stringMatching(/^targets\..*\.secretKey$/)],
    });
    new Deliverer(server).run(desired);
    expect(server.configs).toMatchObject([
      {
        active: true,
        secretKey: 'key',
        headers: { 'X-Shop': 'one', 'X-Api-Key': 'hush' },
        entries: [{ secretKey: 'own' }],
      },
    ]);
    expect(server.written).toHaveLength(1);
  });

  it('gets it inactive where another one delivers, and activates it when it stands', () => {
    const part = planFor(delivering(http()), new ModelConfigs([SHARED]));
    expect(part.actions.map(({ type, id, step, needs }) => ({ type, id, step, needs }))).toEqual([
      { type: 'create', id: 'config:http', step: 'prepare', needs: undefined },
      { type: 'update', id: 'config:http/active', step: 'activate', needs: ['config:http'] },
      { type: 'update', id: 'config:svix_shared/active', step: 'retire', needs: ['config:http/active'] },
    ]);
    expect(part.actions).toMatchObject([
      { before: null, write: { active: false } },
      { before: { active: false }, after: { active: true }, reason: 'changed' },
      { before: { active: true }, after: { active: false }, reason: 'changed' },
    ]);
    expect(part.foreign).toEqual([{ resource: 'config', name: 'svix_shared (SVIX_SHARED)', reason: 'not-owned' }]);
  });

  it('gets it inactive when the file says so, and nothing else changes', () => {
    for (const server of [new ModelConfigs(), new ModelConfigs([SHARED])]) {
      const part = planFor(delivering(http({ active: false })), server);
      expect(summary(part)).toEqual(['create config:http']);
      expect(part.actions[0]).toMatchObject({ write: { active: false } });
    }
  });

  it('case 31: gets it under another code when a config of another provider has the wanted one', () => {
    const server = new ModelConfigs([
      { ...SHARED, code: 'http' },
      { code: 'http-2', provider: 'SVIX', active: false },
    ]);
    expect(summary(planFor(delivering(http({ active: false })), server))).toEqual(['create config:http-3']);
  });

  it('had it, says the ledger: that is drift', () => {
    const part = planFor(delivering(http()), new ModelConfigs(), knowing([configRow('http')]));
    expect(part.actions).toMatchObject([{ type: 'create', reason: 'drift' }]);
  });
});

describe('the config of the provider', () => {
  it('is found by provider, whatever its code', () => {
    const server = new ModelConfigs([{ ...HTTP, code: 'orderWebhook' }]);
    const part = planFor(delivering(http()), server);
    expect(part).toMatchObject({ actions: [], managed: 1, unchanged: 1 });
    expect(part.claims.matched).toMatchObject([{ resource: 'config', key: 'orderWebhook' }]);
  });

  it('case 17: keeps what the file does not mention', () => {
    const settings = { destinationUrl: 'https://x.example/', secretKey: 'k', headers: { 'x-a': '1' } };
    const entry = {
      id: 'e1',
      eventType: 'order.created',
      destinationUrl: 'https://x.example/',
      headers: {},
      excludedFields: null,
      active: true,
    };
    const server = new ModelConfigs([{ ...HTTP, ...settings, entries: [entry] }]);
    const ours = knowing([owned('e1', { resource: 'target' })]);
    expect(planFor(delivering(http(), { prune: 'all' }), server, ours)).toMatchObject({ actions: [], foreign: [] });
  });

  it('case 15: is as desired when URL host and header names differ in case alone', () => {
    const server = new ModelConfigs([
      { ...HTTP, destinationUrl: 'https://hooks.example/', headers: { 'X-Shop': 'one' } },
    ]);
    const wish = http({ destinationUrl: 'https://HOOKS.example', headers: headers({ 'x-shop': 'one' }) });
    expect(summary(planFor(delivering(wish), server))).toEqual([]);
  });

  it('case 18: is changed field by field, in one request', () => {
    const server = new ModelConfigs([
      { ...HTTP, destinationUrl: 'https://old.example/', headers: { 'x-a': '1', 'x-b': '2' } },
    ]);
    const wish = http({
      destinationUrl: 'https://new.example/',
      headers: headers({ 'x-a': '1', 'x-c': '3', 'x-d': 'hush' }, ['x-d']),
      secretKey: secret('key'),
    });
    const part = planFor(delivering(wish), server);
    expect(part.actions).toMatchObject([
      {
        type: 'update',
        id: 'config:http',
        reason: 'changed',
        before: { destinationUrl: 'https://old.example/', headers: { 'x-a': '1', 'x-b': '[secret]' } },
        after: { destinationUrl: 'https://new.example/', headers: { 'x-a': '1', 'x-c': '3', 'x-d': '[secret]' } },
        secrets: ['headers.x-d', 'secretKey'],
      },
    ]);
    expect(operationsOf(part)).toMatchObject([
      { op: 'UPSERT', path: '/configuration/http/destinationUrl', value: 'https://new.example/' },
      { op: 'UPSERT', path: '/configuration/http/headers' },
      { op: 'UPSERT', path: '/configuration/http/secretKey' },
    ]);
    new Deliverer(server).run(delivering(wish));
    expect(server.configs).toMatchObject([{ headers: { 'x-a': '1', 'x-c': '3', 'x-d': 'hush' }, secretKey: 'key' }]);
  });

  it('proves with a reading which secret headers are in place', () => {
    const server = new ModelConfigs([{ ...HTTP, headers: { 'x-a': 'one', 'x-b': 'old' } }]);
    const proven = (values: Record<string, string>) => {
      const wish = http({ headers: headers(values, ['x-a', 'x-b']) });
      return Object.keys(planFor(delivering(wish), server).claims.matched[0]?.fingerprints ?? {});
    };
    expect(proven({ 'x-a': 'one', 'x-b': 'old' })).toEqual(['headers.x-a', 'headers.x-b']);
    expect(proven({ 'x-a': 'one', 'x-b': 'new' })).toEqual(['headers.x-a']);
  });

  it('loses its last headers by removal, never by an empty map', () => {
    const server = new ModelConfigs([{ ...HTTP, headers: { 'x-a': '1' } }]);
    const part = planFor(delivering(http({ headers: {} })), server);
    expect(operationsOf(part)).toEqual([{ op: 'REMOVE', path: '/configuration/http/headers' }]);
    expect(part.actions).toMatchObject([{ before: { headers: { 'x-a': '[secret]' } }, after: { headers: {} } }]);
  });

  it('drifted when the ledger says what the file says, and was changed in the file otherwise', () => {
    const server = new ModelConfigs([{ ...HTTP, destinationUrl: 'https://old.example/' }]);
    const desired = delivering(http({ destinationUrl: 'https://new.example/' }));
    const reason = (url: string) =>
      planFor(
        desired,
        server,
        knowing([configRow('http', { settings: { provider: 'HTTP', active: true, destinationUrl: url } })]),
      ).actions.map((one) => one.reason);
    expect(reason('https://new.example/')).toEqual(['drift']);
    expect(reason('https://old.example/')).toEqual(['changed']);
  });

  it('is not touched, and said to be so, when the service does not show its configuration', () => {
    const desired = delivering(http({ targets: [target()] }));
    const observed = [{ code: 'http', provider: 'HTTP' as const, active: true }];
    const ledger = [owned('e1', { resource: 'target' as const })];
    const part = planDelivery(desired, observed, CATALOGUE, knowing(ledger));
    expect(part.actions).toEqual([]);
    expect(part.problems).toMatchObject([{ severity: 'error', kind: 'unread', places: ['gateway-sync.yaml:5:7'] }]);
    expect(part.claims.kept).toContain('e1');
  });
});

describe('a secret of the config', () => {
  const desired = delivering(http({ secretKey: secret('new') }));

  it('case 34: is not written when the ledger has its fingerprint', () => {
    expect(planFor(desired, secretly(), known('new')).actions).toEqual([]);
  });

  it('case 35: is written when the ledger has another fingerprint, or none', () => {
    expect(planFor(desired, secretly(), known('old')).actions).toMatchObject([
      { reason: 'changed', secrets: ['secretKey'] },
    ]);
    expect(written(planFor(desired, secretly(), knowing()))).toEqual(['secretKey']);
    expect(operationsOf(planFor(desired, secretly(), known('old')))).toHaveLength(1);
  });

  it('case 35: is written when there is none, which is drift if the ledger says that there was', () => {
    const part = planFor(desired, new ModelConfigs([HTTP]), known('new'));
    expect(part.actions).toMatchObject([{ reason: 'drift', secrets: ['secretKey'] }]);
    expect(written(planFor(desired, new ModelConfigs([HTTP]), { instance: 'gateway-sync' }))).toEqual(['secretKey']);
  });

  it('stays as it is without a ledger, and a note says so', () => {
    const part = planFor(desired, secretly(), { instance: 'gateway-sync' });
    expect(part).toMatchObject({ actions: [], problems: [{ severity: 'note', kind: 'secret-unknown' }] });
  });

  it('is not known any more once the file left it out for a while', () => {
    const row = configRow('http', {
      settings: { provider: 'HTTP', active: true },
      fingerprints: { secretKey: fingerprint('config/HTTP/secretKey', secret('new')) },
    });
    expect(written(planFor(desired, secretly(), knowing([row])))).toEqual(['secretKey']);
  });

  it('of Svix is written by its own path, when the ledger does not know it', () => {
    const svix = delivering(http({ provider: 'SVIX', code: 'svix', apiKey: secret('Bearer k') }));
    const there = new ModelConfigs([{ code: 'svix', provider: 'SVIX', active: true, apiKey: 'Bearer old' }]);
    const deliverer = new Deliverer(there);
    expect(operationsOf(deliverer.plan(svix))).toMatchObject([{ op: 'UPSERT', path: '/configuration/svix/apiKey' }]);
    deliverer.run(svix);
    expect(there.configs).toMatchObject([{ apiKey: 'Bearer k' }]);
    expect(deliverer.plan(svix).actions).toEqual([]);
    expect(planFor(svix, there, { instance: 'gateway-sync' }).problems).toMatchObject([{ kind: 'secret-unknown' }]);
  });
});

describe('a change of provider', () => {
  const desired = delivering(http({ provider: 'SVIX', code: 'svix', apiKey: secret('Bearer k') }));
  const ours = [configRow('http')];

  it('case 29: creates, activates and retires what was ours, each when the step before is seen to be done', () => {
    const part = planFor(desired, new ModelConfigs([HTTP]), knowing(ours));
    expect(part.actions.map(({ type, id, step, needs }) => [step, type, id, needs ?? []])).toEqual([
      ['prepare', 'create', 'config:svix', []],
      ['activate', 'update', 'config:svix/active', ['config:svix']],
      ['retire', 'update', 'config:http/active', ['config:svix/active']],
      ['retire', 'delete', 'config:http', ['config:svix/active', 'config:http/active']],
    ]);
  });

  it.each(['switches', 'leaves'] as const)(
    'case 29: leaves one active config throughout (activation %s the others)',
    (activation) => {
      const server = new ModelConfigs([HTTP], { activation });
      const active: string[][] = [];
      const deliverer = new Deliverer(server, ours, () => {
        active.push(server.configs.filter((config) => config.active).map(({ code }) => code));
      });
      deliverer.run(desired);
      expect(active.every((codes) => codes.length > 0)).toBe(true);
      expect(server.configs).toMatchObject([{ code: 'svix', active: true }]);
      expect(server.written.some((write) => write.type === 'delete' && write.force)).toBe(false);
      expect(deliverer.ledger.map(({ key }) => key)).toEqual(['svix']);
    },
  );

  it('leaves an old config that is not ours, inactive, unless the file is everything', () => {
    const foreign = planFor(desired, new ModelConfigs([HTTP]));
    expect(summary(foreign)).not.toContain('delete config:http');
    expect(foreign.foreign).toMatchObject([{ name: 'http (HTTP)', reason: 'not-owned' }]);
    const all = planFor({ ...desired, prune: 'all' }, new ModelConfigs([HTTP]));
    expect(summary(all)).toContain('delete config:http');
  });

  it.each([
    ['prune-none', 'none', knowing(ours)],
    ['no-ledger', 'owned', { instance: 'gateway-sync' }],
    ['owned-elsewhere', 'owned', knowing([configRow('http', { instance: 'other' })])],
    ['unread', 'all', knowing(ours, { unread: 'the endpoints' })],
  ] as const)('deletes nothing: %s', (reason, prune, knowledge) => {
    const part = planFor(
      { ...desired, prune },
      new ModelConfigs([
        { ...HTTP, active: false },
        { code: 'svix', provider: 'SVIX', active: true },
      ]),
      knowledge,
    );
    expect(part.foreign).toEqual([{ resource: 'config', name: 'http (HTTP)', reason }]);
    expect(part.actions.filter(({ type }) => type === 'delete')).toEqual([]);
  });

  it('that is only prepared keeps the active one, although it is ours and not in the file any more', () => {
    const prepared = delivering(http({ provider: 'SVIX_SHARED', code: 'shared', active: false }));
    const part = planFor(prepared, new ModelConfigs([HTTP]), knowing(ours));
    expect(summary(part)).toEqual(['create config:shared']);
    expect(part.foreign).toMatchObject([{ reason: 'still-active' }]);
    expect(part.claims.kept).toContain('http');
  });

  it('waits while a target of the new config is unclear', () => {
    const unclear = delivering(http({ targets: [target(), target({ event: 'order.creatd' })] }), { prune: 'all' });
    const part = planFor(unclear, new ModelConfigs([SHARED]));
    expect(summary(part)).toEqual(['create config:http']);
    expect(part.foreign).toMatchObject([{ name: 'svix_shared (SVIX_SHARED)', reason: 'still-active' }]);
  });

  it('is drift when the ledger says that it was active, or that there was none', () => {
    const inactive = new ModelConfigs([SHARED, { ...HTTP, active: false }]);
    const settings = { provider: 'HTTP', active: true };
    const reasons = (ledger: OwnedThing[]) =>
      planFor(delivering(http(), { prune: 'all' }), inactive, knowing(ledger)).actions.map(
        ({ id, reason }) => `${id} ${reason}`,
      );
    expect(reasons([configRow('http', { settings })])).toEqual([
      'config:http/active drift',
      'config:svix_shared/active changed',
      'config:svix_shared drift',
    ]);
    expect(
      reasons([configRow('http', { settings: { ...settings, active: false } }), configRow('svix_shared')]),
    ).toEqual(['config:http/active changed', 'config:svix_shared/active changed', 'config:svix_shared removed']);
  });

  it('needs nothing where nothing is left to prepare', () => {
    const [activation] = planFor(delivering(http()), new ModelConfigs([SHARED, { ...HTTP, active: false }])).actions;
    expect(activation).not.toHaveProperty('needs');
    const done = planFor(delivering(http(), { prune: 'all' }), new ModelConfigs([{ ...SHARED, active: false }, HTTP]));
    expect(done.actions).toHaveLength(1);
    expect(done.actions[0]).not.toHaveProperty('needs');
  });

  it('case 32: activates only when every target stands', () => {
    const server = new ModelConfigs([SHARED, { ...HTTP, active: false }]);
    const wish = delivering(http({ secretKey: secret('k'), targets: [target()] }));
    const activation = planFor(wish, server).actions.find(({ step }) => step === 'activate');
    expect(activation?.needs).toEqual(['config:http', expect.stringMatching(/^target:new:/)]);
  });
});

describe('another installation', () => {
  it('case 11: keeps its config, and the file is told who it is', () => {
    const part = planFor(
      delivering(http({ secretKey: secret('k'), targets: [target()] })),
      new ModelConfigs([{ ...HTTP, active: false }]),
      knowing([configRow('http', { instance: 'other' })]),
    );
    expect(part).toMatchObject({
      actions: [],
      managed: 2,
      unchanged: 0,
      problems: [{ severity: 'error', kind: 'owned-elsewhere', message: expect.stringContaining('other') }],
    });
  });

  it('keeps the active config: no other is activated', () => {
    const part = planFor(
      delivering(http()),
      new ModelConfigs([SHARED]),
      knowing([configRow('svix_shared', { instance: 'other' })]),
    );
    expect(summary(part)).toEqual(['create config:http']);
    expect(part.problems).toMatchObject([{ kind: 'owned-elsewhere' }]);
  });
});

describe('switching the only active config off', () => {
  it('case 30: is planned, and withheld by the guard', () => {
    const server = new ModelConfigs([HTTP]);
    const desired = delivering(http({ active: false }));
    const { actions } = planFor(desired, server);
    expect(actions).toMatchObject([{ id: 'config:http/active', before: { active: true }, after: { active: false } }]);
    const verdict = lastActiveConfig(desired, server.read(), actions);
    expect(verdict?.message).toContain('http (HTTP)');
    expect(verdict?.allow).toContain('delivery: { active: true }');
  });

  it('is no matter of the guard while another one is to be active, or none was before', () => {
    const switching = delivering(http({ provider: 'SVIX', code: 'svix' }), { prune: 'all' });
    const server = new ModelConfigs([HTTP]);
    expect(lastActiveConfig(switching, server.read(), planFor(switching, server).actions)).toBeUndefined();
    const none = new ModelConfigs([{ ...HTTP, active: false }]);
    const off = delivering(http({ active: false }));
    expect(lastActiveConfig(off, none.read(), planFor(off, none).actions)).toBeUndefined();
  });

  it('is seen in a deletion, a creation and a replacement too', () => {
    const observed = new ModelConfigs([HTTP]).read();
    const remove = configAction({ type: 'delete', code: 'http', force: true });
    const create = (active: boolean) =>
      configAction({ type: 'create', code: 'svix', provider: 'SVIX', active, configuration: {} });
    const desired = delivering(http());
    expect(lastActiveConfig(desired, observed, [remove])).toBeDefined();
    expect(lastActiveConfig(desired, observed, [remove, create(false)])).toBeDefined();
    expect(lastActiveConfig(desired, observed, [remove, create(true)])).toBeUndefined();
    const replaced = configAction({
      type: 'replace',
      code: 'http',
      provider: 'HTTP',
      active: false,
      configuration: {},
    });
    expect(lastActiveConfig(desired, observed, [replaced])).toBeDefined();
  });
});
