import { describe, expect, test } from 'vitest';
import {
  applied,
  endpoint,
  endpointActions,
  foreign,
  headers,
  knowing,
  live,
  planned,
  recorded,
  rowFor,
  wanting,
  WITHOUT_LEDGER,
} from '../../test/support/endpoints.js';
import { ModelSvix } from '../../test/support/model-svix.js';
import type { Part } from './part.js';
import { Secret } from './secret.js';

/** Actions as `type name reason`. */
const told = ({ actions }: Part) => actions.map(({ type, name, reason }) => `${type} ${name} ${reason}`);
const complaints = ({ problems }: Part) => problems.map(({ severity, kind }) => `${severity} ${kind}`);
const left = (part: Part) => part.foreign.map(({ name, reason }) => `${name.split(' ')[0]} ${reason}`);
const MARKS = { 'managed-by': 'gateway-sync', 'gateway-sync-instance': 'shop' };

describe('what is missing', () => {
  test('is created with our marks', () => {
    const part = planned(wanting(endpoint('erp', { events: ['order.created'], rateLimit: 50 })), new ModelSvix());
    expect(part.actions).toEqual([
      {
        resource: 'endpoint',
        type: 'create',
        id: 'endpoint:erp',
        name: 'erp',
        reason: 'missing',
        step: 'prepare',
        row: {
          key: 'new:shop.erp',
          settings: {
            uid: 'shop.erp',
            url: 'https://erp.example/hooks',
            eventTypes: ['order.created'],
            rateLimit: 50,
          },
        },
        before: null,
        after: {
          uid: 'shop.erp',
          url: 'https://erp.example/hooks',
          eventTypes: ['order.created'],
          rateLimit: 50,
          metadata: MARKS,
        },
        write: {
          type: 'create',
          fields: {
            uid: 'shop.erp',
            url: 'https://erp.example/hooks',
            eventTypes: ['order.created'],
            rateLimit: 50,
            metadata: MARKS,
          },
        },
      },
    ]);
    expect(part).toMatchObject({ managed: 1, unchanged: 0, claims: { matched: [] } });
  });

  test('with headers it is created disabled and enabled once they are set', () => {
    const key = new Secret('k3y');
    const secret = new Secret('whsec_own');
    const desired = wanting(endpoint('erp', { headers: headers({ 'X-Key': key, 'X-Shop': 'north' }), secret }));
    const [action] = endpointActions(planned(desired, new ModelSvix()));
    expect(action).toMatchObject({
      secrets: ['secret', 'headers.x-key'],
      fingerprints: {
        secret: 'endpoint:shop.erp/secret=whsec_own',
        'headers.x-key': 'endpoint:shop.erp/headers.x-key=k3y',
      },
      after: { headers: { 'x-key': '[secret]', 'x-shop': 'north' }, secret: '[secret]', metadata: MARKS },
      write: {
        fields: { disabled: true, metadata: { ...MARKS, 'gateway-sync-state': 'creating' } },
        secret,
        headers: { 'X-Key': key },
        finish: { disabled: false, metadata: MARKS },
      },
    });
  });

  test('no headers need no second request', () => {
    const [action] = endpointActions(planned(wanting(endpoint('erp', { headers: {} })), new ModelSvix()));
    expect(Object.keys(action?.write ?? {}).toSorted()).toEqual(['fields', 'type']);
    expect(action?.write).not.toHaveProperty('fields.disabled');
  });

  test('what is wished disabled is not enabled in the end', () => {
    const desired = wanting(endpoint('erp', { disabled: true, headers: headers({ a: 'b' }) }));
    const svix = new ModelSvix();
    applied(desired, svix);
    expect([...svix.endpoints.values()]).toMatchObject([{ disabled: true, headers: { a: 'b' }, metadata: MARKS }]);
  });

  test('comes back as drift when the ledger knew it', () => {
    const svix = new ModelSvix();
    const desired = wanting(endpoint('erp'));
    const known = applied(desired, svix);
    svix.endpoints.clear();
    const part = planned(desired, svix, known);
    expect(told(part)).toEqual(['create erp drift']);
    expect([...part.claims.kept]).toEqual(['ep_0001']);
    expect(applied(desired, svix, known).owned).toMatchObject([{ key: 'ep_0002' }]);
  });

  test('is missing and not drift when a process died before it was there', () => {
    const intent = { ...rowFor('new:shop.erp', { uid: 'shop.erp' }), pending: true } as const;
    const gone = rowFor('ep_gone', { uid: 'shop.erp' });
    const desired = wanting(endpoint('erp'));
    expect(told(planned(desired, new ModelSvix(), knowing({ owned: [intent] })))).toEqual(['create erp missing']);
    expect(told(planned(desired, new ModelSvix(), knowing({ owned: [intent, gone] })))).toEqual(['create erp drift']);
  });

  test('nothing is created while the listing did not come to its end', () => {
    const reading = new ModelSvix();
    const part = planned(
      wanting(endpoint('erp')),
      Object.assign(reading, { read: () => ({ endpoints: [], complete: false }) }),
    );
    expect([told(part), complaints(part)]).toEqual([[], ['warning unread']]);
  });

  test('an application that is not there yet is planned as if it were empty', () => {
    const reading = new ModelSvix();
    const part = planned(
      wanting(endpoint('erp')),
      Object.assign(reading, { read: () => ({ endpoints: [], complete: false, assumed: true }) }),
    );
    expect(told(part)).toEqual(['create erp missing']);
  });
});

describe('what is there', () => {
  test('case 10: what fits already is ours without a write', () => {
    const svix = new ModelSvix([live('erp')]);
    const part = planned(wanting(endpoint('erp')), svix);
    expect(part).toMatchObject({
      actions: [],
      managed: 1,
      unchanged: 1,
      claims: { matched: [{ resource: 'endpoint', key: 'ep_erp', settings: { uid: 'shop.erp' } }] },
    });
  });

  test('case 11: what another installation owns is refused, and its name said; adopt takes it over', () => {
    const metadata = { ...MARKS, 'gateway-sync-instance': 'other' };
    const svix = new ModelSvix([live('erp', { metadata })]);
    const part = planned(wanting(endpoint('erp')), svix);
    expect([told(part), complaints(part)]).toEqual([[], ['error owned-elsewhere']]);
    expect(part.problems[0]?.message).toContain('other looks after');
    const adopting = wanting(endpoint('erp', { adopt: true }));
    expect(endpointActions(planned(adopting, svix)).map(({ write }) => write)).toEqual([
      { type: 'update', endpointId: 'ep_erp', fields: { metadata: MARKS } },
    ]);
  });

  test('case 11: a row of another installation is as good as its marks', () => {
    const svix = new ModelSvix([foreign('erp')]);
    const row = { resource: 'endpoint', key: 'ep_erp', instance: 'other', firstOwnedAt: 1, writtenAt: 1 } as const;
    const knowledge = knowing({ owned: [{ ...row, settings: { uid: 'other.erp' }, fingerprints: {} }] });
    expect(complaints(planned(wanting(endpoint('erp')), svix, knowledge))).toEqual(['error owned-elsewhere']);
  });

  test('something else that manages an endpoint is named as its owner', () => {
    const svix = new ModelSvix([foreign('erp', { metadata: { 'managed-by': 'terraform' } })]);
    expect(planned(wanting(endpoint('erp')), svix).problems[0]?.message).toContain('terraform looks after');
  });

  test('case 15: spellings of URL and event type are no difference', () => {
    const svix = new ModelSvix([live('erp', { url: 'https://ERP.example', eventTypes: ['Order.Created'] })]);
    const desired = wanting(endpoint('erp', { url: 'https://erp.EXAMPLE/', events: ['ORDER.created'] }));
    expect(told(planned(desired, svix))).toEqual([]);
  });

  test.each([
    ['all events are not the same as some', ['order.created'], 'all', { eventTypes: null }],
    ['some are not all', null, ['order.created'], { eventTypes: ['order.created'] }],
    ['order is no difference', ['product.created', 'order.created'], ['order.created', 'product.created'], undefined],
    [
      'a glob names what the catalogue has',
      ['order.created'],
      ['order.*'],
      { eventTypes: ['order.created', 'order.updated'] },
    ],
  ] as const)('case 16: %s', (_, eventTypes, events, fields) => {
    const svix = new ModelSvix([live('erp', { eventTypes })]);
    const writes = endpointActions(planned(wanting(endpoint('erp', { events })), svix)).map(({ write }) => write);
    expect(writes).toEqual(fields ? [{ type: 'update', endpointId: 'ep_erp', fields }] : []);
  });

  test.each([
    [null, ['a'], null],
    [['a'], null, ['a']],
    [['b', 'a'], ['a', 'b'], undefined],
    [null, null, undefined],
    [null, [], null],
  ])('case 16: channels %j over %j', (channels, there, sent) => {
    const svix = new ModelSvix([live('erp', { channels: there })]);
    const [action] = endpointActions(planned(wanting(endpoint('erp', { channels })), svix));
    expect(action?.write).toEqual(
      sent === undefined ? undefined : { type: 'update', endpointId: 'ep_erp', fields: { channels: sent } },
    );
  });

  test('case 17: what the file does not say is left as found', () => {
    const full = live('erp', { description: 'x', channels: ['a'], rateLimit: 5, headers: { a: 'b' } });
    const svix = new ModelSvix([full]);
    expect(told(planned(wanting(endpoint('erp')), svix))).toEqual([]);
  });

  test.each([
    ['description', { description: '' }, { description: '' }],
    ['rateLimit', { rateLimit: null }, { rateLimit: null }],
    ['channels', { channels: null }, { channels: null }],
    ['url', { url: 'https://new.example/' }, { url: 'https://new.example/' }],
    ['disabled', { disabled: true }, { disabled: true }],
  ] as const)('case 18: a changed %s alone is sent', (_, change, fields) => {
    const svix = new ModelSvix([live('erp', { description: 'x', channels: ['a'], rateLimit: 5 })]);
    const [action] = endpointActions(planned(wanting(endpoint('erp', change)), svix));
    expect(action?.write).toEqual({ type: 'update', endpointId: 'ep_erp', fields });
  });

  test('an update shows what is compared, before and after, and nothing that is not managed', () => {
    const svix = new ModelSvix([live('erp', { description: 'x', channels: ['b', 'a'], rateLimit: 5, disabled: true })]);
    const before = { uid: 'shop.erp', url: 'https://erp.example/hooks', eventTypes: null, metadata: MARKS };
    const settings = { uid: 'shop.erp', url: 'https://erp.example/hooks', eventTypes: ['order.created'] };
    const some = endpoint('erp', { events: ['order.created'] });
    expect(planned(wanting(some), svix).actions).toEqual([
      {
        resource: 'endpoint',
        type: 'update',
        id: 'endpoint:erp',
        name: 'erp',
        reason: 'changed',
        step: 'prepare',
        row: { key: 'ep_erp', settings },
        before,
        after: { ...settings, metadata: MARKS },
        write: { type: 'update', endpointId: 'ep_erp', fields: { eventTypes: ['order.created'] } },
      },
    ]);
    const all = { description: '', channels: null, rateLimit: null, disabled: true };
    expect(planned(wanting({ ...some, ...all }), svix).actions).toMatchObject([
      {
        before: { ...before, description: 'x', channels: ['a', 'b'], rateLimit: 5, disabled: true },
        after: { ...settings, ...all, metadata: MARKS },
        write: { fields: { eventTypes: ['order.created'], description: '', channels: null, rateLimit: null } },
      },
    ]);
  });

  test('a difference is drift when the file still says what was applied last, and a change otherwise', () => {
    const svix = new ModelSvix();
    const desired = wanting(endpoint('erp', { rateLimit: 5 }));
    const known = applied(desired, svix);
    svix.change('ep_0001', { rateLimit: 7 });
    expect(told(planned(desired, svix, known))).toEqual(['update erp drift']);
    expect(told(planned(wanting(endpoint('erp', { rateLimit: 6 })), svix, known))).toEqual(['update erp changed']);
    expect(told(planned(desired, svix))).toEqual(['update erp changed']);
  });

  test('wiped marks are put back, and metadata of others are kept', () => {
    const svix = new ModelSvix();
    const desired = wanting(endpoint('erp'));
    const known = applied(desired, svix);
    svix.wipeMarks('ep_0001');
    svix.change('ep_0001', { metadata: { team: 'a' } });
    const part = planned(desired, svix, known);
    expect(told(part)).toEqual(['update erp drift']);
    expect(part.actions[0]?.before).toMatchObject({ uid: null, metadata: {} });
    applied(desired, svix, known);
    expect(svix.of('ep_0001')).toMatchObject({ uid: 'shop.erp', metadata: { ...MARKS, team: 'a' } });
  });

  test('an archived event type in the filter is not sent back', () => {
    const svix = new ModelSvix([live('erp', { eventTypes: ['order.created', 'cart.updated'] })]);
    svix.archived.add('cart.updated');
    const desired = wanting(endpoint('erp', { events: ['order.*'] }));
    applied(desired, svix);
    expect(svix.of('ep_erp').eventTypes).toEqual(['order.created', 'order.updated']);
  });

  test('case 36: a disabled endpoint is reported and never enabled unasked', () => {
    const svix = new ModelSvix([live('erp', { disabled: true, rateLimit: 1 })]);
    const part = planned(wanting(endpoint('erp', { rateLimit: 2 })), svix);
    expect(complaints(part)).toEqual(['warning endpoint-disabled']);
    expect(endpointActions(part)[0]?.write).toEqual({ type: 'update', endpointId: 'ep_erp', fields: { rateLimit: 2 } });
    expect(endpointActions(planned(wanting(endpoint('erp', { disabled: false })), svix))[0]?.write).toMatchObject({
      fields: { disabled: false },
    });
    expect(complaints(planned(wanting(endpoint('erp', { disabled: true })), svix))).toEqual([]);
  });
});

describe('events', () => {
  test('an unknown event type is an error that names the nearest, and the endpoint is left alone', () => {
    const svix = new ModelSvix([live('erp')]);
    const part = planned(wanting(endpoint('erp', { events: ['order.created', 'order.updatet'] })), svix);
    expect(told(part)).toEqual([]);
    expect(part.problems).toMatchObject([
      { severity: 'error', kind: 'unknown-event', places: ['g.yaml:7:9'], nearest: ['order.updated', 'order.created'] },
    ]);
    expect(part).toMatchObject({ managed: 0, claims: { matched: [] } });
  });

  test('globs that match nothing leave the endpoint alone, and never mean everything', () => {
    const svix = new ModelSvix([live('erp', { eventTypes: ['order.created'] })]);
    const part = planned(
      wanting(endpoint('erp', { events: ['price.*'] }), endpoint('new', { events: ['price.*'] })),
      svix,
    );
    expect([told(part), complaints(part)]).toEqual([[], ['warning matches-nothing', 'warning matches-nothing']]);
  });

  test('a glob that matches nothing beside others is a warning only', () => {
    const svix = new ModelSvix([live('erp', { eventTypes: ['order.created'] })]);
    const part = planned(wanting(endpoint('erp', { events: ['price.*', 'product.*'] })), svix);
    expect([told(part), complaints(part)]).toEqual([['update erp changed'], ['warning matches-nothing']]);
  });

  test('a type that the whole catalogue lacks is taken out, whatever the glob matches', () => {
    const svix = new ModelSvix([live('erp', { eventTypes: ['order.created', 'order.deleted', 'order.updated'] })]);
    applied(wanting(endpoint('erp', { events: ['order.*'] })), svix);
    expect(svix.of('ep_erp').eventTypes).toEqual(['order.created', 'order.updated']);
  });

  test('a catalogue that was not read whole may still add', () => {
    const svix = new ModelSvix([live('erp', { eventTypes: ['order.created'] })]);
    applied(wanting(endpoint('erp', { events: ['order.*'] })), svix, knowing({ unread: 'configs: 503' }));
    expect(svix.of('ep_erp').eventTypes).toEqual(['order.created', 'order.updated']);
  });

  test('a catalogue that was not read whole takes nothing from an endpoint', () => {
    const unread = knowing({ unread: 'configs: 503' });
    const svix = new ModelSvix([live('erp', { eventTypes: ['order.created', 'order.updated', 'order.deleted'] })]);
    expect(told(planned(wanting(endpoint('erp', { events: ['order.*', 'order.deleted'] })), svix, unread))).toEqual([]);
    expect(told(planned(wanting(endpoint('erp', { events: ['order.*'] })), svix, unread))).toEqual([]);
    const part = planned(wanting(endpoint('erp', { events: ['order.*', 'price.*'], rateLimit: 3 })), svix, unread);
    expect([complaints(part), endpointActions(part).map(({ write }) => write)]).toEqual([
      ['warning matches-nothing'],
      [{ type: 'update', endpointId: 'ep_erp', fields: { rateLimit: 3 } }],
    ]);
  });
});

const taken = () => new ModelSvix([foreign('x', { url: 'https://ERP.example/hooks' })]);

describe('an endpoint that nobody named has the URL', () => {
  test('there is no second one; the message names it and both ways to adopt', () => {
    const part = planned(wanting(endpoint('erp')), taken());
    expect([told(part), complaints(part), left(part)]).toEqual([[], ['error url-taken'], []]);
    expect(part.problems[0]?.message).toMatch(/ep_x.*adopt: true.*gateway-sync adopt/);
  });

  test('adopt: true puts our uid and metadata onto it', () => {
    const svix = taken();
    const part = planned(wanting(endpoint('erp', { adopt: true })), svix);
    expect(endpointActions(part)).toMatchObject([
      {
        type: 'update',
        reason: 'changed',
        write: { endpointId: 'ep_x', fields: { uid: 'shop.erp', metadata: MARKS } },
      },
    ]);
    expect(Object.keys(endpointActions(part)[0]?.write ?? {}).toSorted()).toEqual(['endpointId', 'fields', 'type']);
  });

  test('two of them are too many to choose from, adopt or not', () => {
    const svix = new ModelSvix([foreign('erp'), foreign('x', { url: 'https://erp.example/hooks' })]);
    const part = planned(wanting(endpoint('erp', { adopt: true })), svix);
    expect([told(part), complaints(part)]).toEqual([[], ['error ambiguous']]);
    expect(part.problems[0]?.message).toContain('ep_erp, ep_x');
  });

  test('an endpoint of ours does not move to its URL either', () => {
    const svix = new ModelSvix([live('erp'), foreign('x')]);
    const part = planned(wanting(endpoint('erp', { url: 'https://x.example/hooks' })), svix);
    expect([told(part), complaints(part)]).toEqual([[], ['error url-taken']]);
  });

  test('case 31: an endpoint of ours under an old name is renamed, not doubled', () => {
    const svix = new ModelSvix([live('old', { url: 'https://erp.example/hooks' })]);
    const part = planned(wanting(endpoint('erp')), svix);
    expect(endpointActions(part).map(({ write }) => write)).toEqual([
      { type: 'update', endpointId: 'ep_old', fields: { uid: 'shop.erp' } },
    ]);
  });

  test('case 31: who gets the URL of another is created after that one has moved', () => {
    const svix = new ModelSvix([live('a')]);
    const desired = wanting(endpoint('a', { url: 'https://b.example/hooks' }), endpoint('c', { url: live('a').url }));
    const [update, create] = endpointActions(planned(desired, svix));
    expect([update?.id, create?.id, create?.needs]).toEqual(['endpoint:a', 'endpoint:c', ['endpoint:a']]);
  });

  test('and not at all when that one stays', () => {
    const svix = new ModelSvix([live('a')]);
    const desired = wanting(
      endpoint('a', { url: 'https://b.example/hooks', events: ['nothing.at-all'] }),
      endpoint('c', { url: live('a').url }),
      endpoint('d', { url: 'https://c.example/hooks' }),
    );
    const part = planned(desired, svix);
    expect([told(part), complaints(part)]).toEqual([['create d missing'], ['error unknown-event', 'error url-taken']]);
  });

  test('and nobody waits in a row for one that stays', () => {
    const svix = new ModelSvix([live('a'), live('b')]);
    const desired = wanting(
      endpoint('a', { events: ['nothing.at-all'] }),
      endpoint('b', { url: live('a').url }),
      endpoint('c', { url: live('b').url }),
    );
    const part = planned({ ...desired, endpoints: desired.endpoints?.slice(1) ?? [] }, svix);
    expect(told(part)).toEqual(['update b changed', 'create c missing', 'delete a drift']);
    const stuck = planned(desired, svix);
    expect([told(stuck), complaints(stuck)]).toEqual([
      [],
      ['error unknown-event', 'error url-taken', 'error url-taken'],
    ]);
  });

  test('two may swap their URLs', () => {
    const svix = new ModelSvix([live('a'), live('b')]);
    const desired = wanting(endpoint('a', { url: live('b').url }), endpoint('b', { url: live('a').url }));
    expect(endpointActions(planned(desired, svix)).map(({ needs }) => needs)).toEqual([undefined, undefined]);
    applied(desired, svix);
    expect([svix.of('ep_a').url, svix.of('ep_b').url]).toEqual([live('b').url, live('a').url]);
  });

  test('ledger and uid that point to different endpoints are an error', () => {
    const svix = new ModelSvix();
    const desired = wanting(endpoint('erp'));
    const known = applied(desired, svix);
    svix.wipeMarks('ep_0001');
    svix.endpoints.set('ep_x', live('x', { uid: 'shop.erp' }));
    expect(complaints(planned(desired, svix, known))).toEqual(['error ambiguous']);
  });

  test('an endpoint that two entries mean is left to neither', () => {
    const svix = new ModelSvix();
    const known = applied(wanting(endpoint('erp')), svix);
    svix.change('ep_0001', { uid: 'shop.crm' });
    const part = planned(wanting(endpoint('erp'), endpoint('crm')), svix, known);
    expect([told(part), complaints(part)]).toEqual([[], ['error ambiguous', 'error ambiguous']]);
  });
});

describe('what the file does not name', () => {
  const owner = { ...MARKS, 'gateway-sync-instance': 'other' };

  test('is removed when it bears both marks, after what is created', () => {
    const svix = new ModelSvix([live('old')]);
    const part = planned(wanting(endpoint('erp')), svix);
    expect(endpointActions(part)).toMatchObject([
      { type: 'create' },
      {
        type: 'delete',
        id: 'endpoint:old',
        name: 'old',
        reason: 'drift',
        step: 'remove',
        needs: ['endpoint:erp'],
        before: { uid: 'shop.old', url: 'https://old.example/hooks', disabled: false, metadata: MARKS },
        after: null,
        write: { type: 'delete', endpointId: 'ep_old' },
      },
    ]);
  });

  test('waits for what takes over its URL, and for nothing else', () => {
    const svix = new ModelSvix([live('a'), live('b', { rateLimit: 1 }), live('old')]);
    const moving = wanting(endpoint('a', { url: live('old').url }), endpoint('b', { rateLimit: 2 }));
    expect(endpointActions(planned(moving, svix)).map(({ id, needs }) => [id, needs])).toEqual([
      ['endpoint:a', undefined],
      ['endpoint:b', undefined],
      ['endpoint:old', ['endpoint:a']],
    ]);
    const staying = wanting(endpoint('a'), endpoint('b', { rateLimit: 2 }));
    expect(planned(staying, svix).actions.find(({ type }) => type === 'delete')).not.toHaveProperty('needs');
  });

  test('was named once: then it is removed and not drift', () => {
    const svix = new ModelSvix();
    const known = applied(wanting(endpoint('old')), svix);
    const part = planned(wanting(), svix, known);
    expect([told(part), [...part.claims.kept]]).toEqual([['delete old removed'], ['ep_0001']]);
    expect(applied(wanting(), svix, known).owned).toEqual([]);
  });

  test.each([
    ['without marks', foreign('x'), {}, {}, 'not-marked'],
    ['with a uid like ours only', live('x', { metadata: {} }), {}, {}, 'not-marked'],
    ['with our metadata only', foreign('x', { metadata: MARKS }), {}, {}, 'not-marked'],
    ['with a uid of an installation whose name goes on', live('x', { uid: 'shop.north.x' }), {}, {}, 'not-marked'],
    ['of another installation', live('x', { metadata: owner }), {}, {}, 'owned-elsewhere'],
    ['with prune: none', live('x'), { prune: 'none' }, {}, 'prune-none'],
    ['without a ledger', live('x'), {}, { owned: undefined }, 'no-ledger'],
    ['while a part is unread', live('x'), {}, { unread: 'configs: 503' }, 'unread'],
  ] as const)('stays %s', (_, there, policy, knowledge, reason) => {
    const { owned, ...rest } = { ...knowing(), ...knowledge };
    const part = planned({ ...wanting(), ...policy }, new ModelSvix([there]), { ...rest, ...(owned && { owned }) });
    expect([told(part), left(part)]).toEqual([[], [`${there.uid ?? there.id} ${reason}`]]);
  });

  test('stays under prune: all too, when it lacks our marks', () => {
    const part = planned({ ...wanting(), prune: 'all' }, new ModelSvix([foreign('x')]));
    expect([told(part), left(part)]).toEqual([[], ['ep_x not-marked']]);
  });

  test('stays while an entry is unclear', () => {
    const part = planned(wanting(endpoint('erp', { events: ['nope'] })), new ModelSvix([live('x')]));
    expect([told(part), left(part)]).toEqual([[], ['shop.x unresolved']]);
  });

  test('stays when the listing did not come to its end, and so does what the ledger says', () => {
    const svix = new ModelSvix([live('x')]);
    const known = recorded(wanting(endpoint('x')), svix);
    const half = Object.assign(new ModelSvix(), { read: () => ({ ...svix.read(), complete: false }) });
    const part = planned(wanting(), half, known);
    expect([told(part), left(part), [...part.claims.kept]]).toEqual([[], ['shop.x unread'], ['ep_x']]);
  });

  test.each(['me:s3cret', 's3cret', ':s3cret'])('is shown without what its URL says of a user: %s', (user) => {
    const part = planned(wanting(), new ModelSvix([foreign('x', { url: `https://${user}@x.example/h` })]));
    expect(part.foreign).toMatchObject([{ name: 'ep_x (https://[secret]@x.example/h)' }]);
  });

  test('comes in the order of its names, whatever the ids are', () => {
    const there = ['b', 'a'].flatMap((name, index) => [
      live(name, { id: `ep_${index}` }),
      live(`${name}-by-hand`, { id: `ep_9${index}`, metadata: {} }),
    ]);
    const part = planned(wanting(), new ModelSvix(there));
    expect([told(part), left(part)]).toEqual([
      ['delete a drift', 'delete b drift'],
      ['shop.a-by-hand not-marked', 'shop.b-by-hand not-marked'],
    ]);
  });
});

test('without a ledger nothing is claimed to be removable, and everything else is looked after', () => {
  const svix = new ModelSvix([live('erp', { rateLimit: 1 }), live('x')]);
  const part = planned(wanting(endpoint('erp', { rateLimit: 2 })), svix, WITHOUT_LEDGER);
  expect([told(part), left(part)]).toEqual([['update erp changed'], ['shop.x no-ledger']]);
});
