import { describe, expect, test } from 'vitest';
import {
  applied,
  CATALOGUE,
  endpoint,
  endpointActions,
  foreign,
  headers,
  knowing,
  live,
  planned,
  rowFor,
  wanting,
  WITHOUT_LEDGER,
} from '../../test/support/endpoints.js';
import { ModelSvix } from '../../test/support/model-svix.js';
import { endpointDetails } from './endpoint-details.js';
import { planEndpoints } from './endpoints-plan.js';
import { Secret } from './secret.js';

const secret = (value: string) => new Secret(value);
const writes = (...args: Parameters<typeof planned>) => endpointActions(planned(...args)).map(({ write }) => write);
const asked = (...[desired, svix, knowledge = knowing()]: Parameters<typeof planned>) =>
  [...endpointDetails(desired, svix.read(), knowledge)].map(([id, wish]) => ({ id, ...wish }));

const versioned = (secretVersion: number) => wanting(endpoint('erp', { secretVersion }));
const wish = (values: Parameters<typeof headers>[0]) => wanting(endpoint('erp', { headers: headers(values) }));
const having = (values: Record<string, string>) => new ModelSvix([live('erp', { headers: values })]);

describe('a secret of one’s own', () => {
  const desired = wanting(endpoint('erp', { secret: secret('whsec_own') }));

  test('case 34: is neither read nor written while the ledger says it is the one', () => {
    const svix = new ModelSvix();
    const known = applied(desired, svix);
    expect([asked(desired, svix, known), writes(desired, svix, known)]).toEqual([[], []]);
  });

  test('case 35: is read when the ledger does not know it, and rotated to when it is another', () => {
    const svix = new ModelSvix([live('erp')]);
    expect(asked(desired, svix)).toEqual([{ id: 'ep_erp', headers: false, secret: true }]);
    expect(planned(desired, svix).claims.matched).toEqual([
      { resource: 'endpoint', key: 'ep_erp', action: 'endpoint:erp', settings: expect.anything() },
    ]);
    expect(writes(desired, svix)).toEqual([{ type: 'update', endpointId: 'ep_erp', secret: secret('whsec_own') }]);
    const known = applied(desired, svix);
    expect(svix.requests).toEqual(['rotate ep_erp']);
    expect(writes(desired, svix, known)).toEqual([]);
    const other = wanting(endpoint('erp', { secret: secret('whsec_other') }));
    expect(endpointActions(planned(other, svix, known))).toMatchObject([{ reason: 'changed', secrets: ['secret'] }]);
  });

  test('that is found to be the same is recorded without a write', () => {
    const svix = new ModelSvix([live('erp', { secret: 'whsec_own' })]);
    expect(planned(desired, svix)).toMatchObject({
      actions: [],
      claims: { matched: [{ fingerprints: { secret: 'endpoint:shop.erp/secret=whsec_own' } }] },
    });
  });

  test('is compared by reading where there is no ledger', () => {
    expect(writes(desired, new ModelSvix([live('erp', { secret: 'whsec_own' })]), WITHOUT_LEDGER)).toEqual([]);
    expect(writes(desired, new ModelSvix([live('erp')]), WITHOUT_LEDGER)).toHaveLength(1);
  });

  test('left out of the file is not looked at', () => {
    expect(asked(wanting(endpoint('erp')), new ModelSvix([live('erp')]))).toEqual([]);
  });
});

describe('case 35: the version of a secret that Svix makes', () => {
  test('rotates nothing when it is seen first, and once when it is raised', () => {
    const svix = new ModelSvix([live('erp')]);
    const first = applied(versioned(1), svix);
    expect(svix.requests).toEqual([]);
    const [action] = endpointActions(planned(versioned(2), svix, first));
    expect(action).toMatchObject({
      secrets: ['secret'],
      before: { secretVersion: 1 },
      after: { secretVersion: 2 },
      write: { type: 'update', endpointId: 'ep_erp', secret: 'generate' },
    });
    const second = applied(versioned(2), svix, first);
    expect(svix.requests).toEqual(['rotate ep_erp']);
    expect(planned(versioned(2), svix, second).actions).toEqual([]);
    expect(planned(versioned(1), svix, second).actions).toEqual([]);
  });

  test('rotates nothing after a creation', () => {
    const svix = new ModelSvix();
    const known = applied(versioned(3), svix);
    expect(known.owned).toMatchObject([{ key: 'ep_0001', settings: { secretVersion: 3 } }]);
    expect(planned(versioned(3), svix, known).actions).toEqual([]);
  });

  test('rotates nothing without a ledger', () => {
    expect(planned(versioned(9), new ModelSvix([live('erp')]), WITHOUT_LEDGER).actions).toEqual([]);
  });
});

describe('headers', () => {
  test('are read only where the file manages them', () => {
    expect(asked(wish({ a: 'b' }), having({}))).toEqual([{ id: 'ep_erp', headers: true, secret: false }]);
    expect(asked(wanting(endpoint('erp')), having({ a: 'b' }))).toEqual([]);
    expect(asked(wanting(endpoint('erp', { headers: {}, adopt: true })), new ModelSvix([foreign('erp')]))).toHaveLength(
      1,
    );
    expect(asked(wanting(endpoint('erp', { headers: {} })), new ModelSvix([foreign('erp')]))).toEqual([]);
  });

  test.each([
    ['the same in another case', { 'X-Shop': 'north' }, { 'x-shop': 'north' }, undefined],
    ['another value', { a: 'b' }, { a: 'c' }, { a: 'b' }],
    ['one more', { a: 'b', c: 'd' }, { a: 'b' }, { a: 'b', c: 'd' }],
    ['one too many', { a: 'b' }, { a: 'b', c: 'd' }, { a: 'b' }],
    ['two spellings of one', { a: 'b' }, { a: 'b', A: 'b' }, { a: 'b' }],
    ['none wanted', {}, { a: 'b' }, {}],
    ['none wanted, none there', {}, {}, undefined],
  ])('case 18: %s', (_, wanted, there, sent) => {
    const svix = having(there);
    expect(writes(wish(wanted), svix)).toHaveLength(sent ? 1 : 0);
    applied(wish(wanted), svix);
    expect(svix.of('ep_erp').headers).toEqual(sent ?? there);
  });

  test('a secret value that Svix returns is compared with it and never shown', () => {
    const svix = having({ 'X-Pass': 'old-pass', 'X-Other': 'found' });
    const part = planned(wish({ 'x-pass': secret('new-pass'), 'x-other': 'wished' }), svix);
    expect(part.actions).toMatchObject([
      {
        secrets: ['headers.x-pass'],
        before: { headers: { 'x-pass': '[secret]', 'x-other': '[secret]' } },
        after: { headers: { 'x-pass': '[secret]', 'x-other': 'wished' } },
      },
    ]);
    expect(
      JSON.stringify({ ...part, actions: part.actions.map(({ before, after }) => ({ before, after })) }),
    ).not.toMatch(/old-pass|new-pass|found/);
  });

  test('show what the file says in clear and hide the rest, equal or not', () => {
    const svix = having({ 'X-Pass': 'p4ss', 'X-Shop': 'north', 'X-Old': 'found' });
    const [action] = endpointActions(planned(wish({ 'x-pass': secret('p4ss'), 'x-shop': 'north' }), svix));
    expect([action?.before, action?.after]).toMatchObject([
      { headers: { 'x-pass': '[secret]', 'x-shop': 'north', 'x-old': '[secret]' } },
      { headers: { 'x-pass': '[secret]', 'x-shop': 'north' } },
    ]);
  });

  test('that are found to be the same are recorded, the secret ones', () => {
    const part = planned(
      wish({ 'x-pass': secret('p4ss'), 'x-shop': 'north' }),
      having({ 'X-Pass': 'p4ss', 'X-Shop': 'north' }),
    );
    expect([part.actions, part.claims.matched]).toMatchObject([[], [{ key: 'ep_erp' }]]);
    expect(part.claims.matched[0]?.fingerprints).toEqual({
      'headers.x-pass': 'endpoint:shop.erp/headers.x-pass=p4ss',
    });
  });

  test('case 34: a hidden value is the one that the ledger says we wrote', () => {
    const desired = wish({ Authorization: secret('Bearer x') });
    const svix = having({ authorization: 'Bearer x' });
    expect(writes(desired, svix)).toHaveLength(1);
    const known = applied(desired, svix);
    expect(svix.requests).toEqual(['headers ep_erp']);
    expect(writes(desired, svix, known)).toEqual([]);
  });

  test('case 35: a hidden value is written when the file has another or the name is gone', () => {
    const desired = wish({ Authorization: secret('Bearer x') });
    const svix = having({});
    const known = applied(desired, svix);
    expect(writes(wish({ Authorization: secret('Bearer y') }), svix, known)).toHaveLength(1);
    svix.change('ep_erp', { headers: {} });
    expect(endpointActions(planned(desired, svix, known))).toMatchObject([{ reason: 'drift' }]);
  });

  test('are written without the secret, and nothing is said of it', () => {
    const svix = new ModelSvix([live('erp', { secret: 'whsec_own' })]);
    const desired = wanting(endpoint('erp', { headers: headers({ b: secret('c') }), secret: secret('whsec_own') }));
    expect(endpointActions(planned(desired, svix))).toMatchObject([{ secrets: ['headers.b'] }]);
  });

  test('that were not read are not written', () => {
    const { actions } = planEndpoints(wish({ a: 'b' }), having({}).read(), CATALOGUE, knowing());
    expect(actions).toEqual([]);
  });

  test('names that Svix hides are secret even if the file does not say so', () => {
    const part = planned(wish({ 'X-API-Key': 'clear' }), having({}));
    expect(part.actions[0]).toMatchObject({
      secrets: ['headers.x-api-key'],
      after: { headers: { 'x-api-key': '[secret]' } },
    });
  });

  test('without a ledger a hidden value is taken for right, and that is said', () => {
    const part = planned(wish({ Authorization: secret('a') }), having({ authorization: 'b' }), WITHOUT_LEDGER);
    expect([part.actions, part.problems]).toMatchObject([[], [{ severity: 'note', kind: 'secret-unknown' }]]);
  });
});

describe('case 40: a process that dies while it creates', () => {
  const desired = wanting(
    endpoint('erp', { headers: headers({ a: 'b', Authorization: secret('k') }), secret: secret('whsec_own') }),
  );
  const intent = rowFor('new:shop.erp', { uid: 'shop.erp' });

  test.each([0, 1, 2, 3])('after %i requests: the next plan completes it, and there is one endpoint', (count) => {
    const svix = new ModelSvix();
    const [creation] = endpointActions(planned(desired, svix));
    if (creation) svix.apply(creation.write, count);
    const between = knowing({ owned: [{ ...intent, pending: true }] });
    const part = planned(desired, svix, between);
    expect(part.problems).toEqual([]);
    expect(part.actions.map(({ reason }) => reason)).toEqual([count < 3 ? 'missing' : 'changed']);
    const known = applied(desired, svix, between);
    expect(planned(desired, svix, known).actions).toEqual([]);
    expect([...svix.endpoints.values()]).toEqual([
      expect.objectContaining({
        uid: 'shop.erp',
        disabled: false,
        headers: { a: 'b', Authorization: 'k' },
        secret: 'whsec_own',
        metadata: { 'managed-by': 'gateway-sync', 'gateway-sync-instance': 'shop' },
      }),
    ]);
    expect(known.owned).toMatchObject([{ key: 'ep_0001' }]);
  });

  test.each([1, 2, 3])('during the completion, after %i requests, it is completed all the same', (count) => {
    const svix = new ModelSvix();
    const [creation] = endpointActions(planned(desired, svix));
    if (creation) svix.apply(creation.write, 1);
    svix.change('ep_0001', { rateLimit: 3 });
    const wished = wanting(...(desired.endpoints ?? []).map((one) => ({ ...one, rateLimit: 9 })));
    const [completion] = endpointActions(planned(wished, svix));
    expect(completion?.write).toMatchObject({ fields: { rateLimit: 9 }, finish: { disabled: false } });
    expect(Object.keys(Object(completion?.write).fields)).toEqual(['rateLimit']);
    if (completion) svix.apply(completion.write, count);
    expect(svix.of('ep_0001').disabled).toBe(count < 3);
    const known = applied(wished, svix);
    expect(svix.of('ep_0001')).toMatchObject({
      rateLimit: 9,
      disabled: false,
      headers: { a: 'b', Authorization: 'k' },
    });
    expect(planned(wished, svix, known).actions).toEqual([]);
  });

  test('an endpoint that is not finished gets no event before its headers are there', () => {
    const svix = new ModelSvix();
    const [creation] = endpointActions(planned(desired, svix));
    for (const count of [1, 2]) {
      svix.endpoints.clear();
      if (creation) svix.apply(creation.write, count);
      expect([...svix.endpoints.values()]).toMatchObject([{ disabled: true }]);
    }
  });

  test('one that is begun and no longer named goes', () => {
    const svix = new ModelSvix();
    const [creation] = endpointActions(planned(desired, svix));
    if (creation) svix.apply(creation.write, 1);
    const part = planned(wanting(), svix, knowing({ owned: [{ ...intent, pending: true }] }));
    expect(part.actions).toMatchObject([{ type: 'delete', reason: 'removed' }]);
  });
});

test('case 41: what was created and is not listed yet is wished again under the same uid, and known when it appears', () => {
  const svix = new ModelSvix();
  const desired = wanting(endpoint('erp', { secret: secret('whsec_own') }));
  const known = applied(desired, svix);
  const blind = Object.assign(new ModelSvix(), { read: () => ({ endpoints: [], complete: true }) });
  expect(endpointActions(planned(desired, blind, known))).toMatchObject([
    { type: 'create', write: { fields: { uid: 'shop.erp' } } },
  ]);
  expect(planned(desired, svix, known).actions).toEqual([]);
});
