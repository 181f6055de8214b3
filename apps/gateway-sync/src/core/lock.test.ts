import { describe, expect, test } from 'vitest';
import { entry, row, tenant } from '../../test/support/values.js';
import { expandGlobs, lockChanges, NOTHING_LOCKED, nextLocks, type LockedGlobs, type Locks } from './lock.js';

const globs = (all: Readonly<Record<string, readonly string[]>>): LockedGlobs => new Map(Object.entries(all));
const locks = (all: Readonly<Record<string, LockedGlobs>>): Locks => new Map(Object.entries(all));
/** A tenant with a glob and a lock. */
const wanting = (name: string, overrides = {}) =>
  tenant({ tenant: name, subscriptions: [entry('a.*')], lock: NOTHING_LOCKED, ...overrides });

describe('what globs mean', () => {
  test('is what the catalogue has for each of them, sorted and in lower case; names are left out', () => {
    const subscriptions = [entry(' Order.* '), entry('cart.updated'), entry('*.created'), entry('none.*')];
    const catalogue = [row('Order.Deleted'), row('order.created'), row('cart.updated')];
    expect(expandGlobs({ subscriptions }, catalogue)).toEqual(
      globs({
        '*.created': ['order.created'],
        'none.*': [],
        'order.*': ['order.created', 'order.deleted'],
      }),
    );
  });
});

describe('the next locks', () => {
  const old = globs({ 'a.*': ['a.x'] });
  const now = globs({ 'a.*': ['a.x', 'a.y'] });

  test('are those that were read, and of a tenant that was not read those before', () => {
    const before = locks({ beta: old, acme: old });
    expect(nextLocks(before, [wanting('beta'), wanting('acme')], locks({ beta: now }))).toEqual(
      locks({ acme: old, beta: now }),
    );
  });

  test('are sorted, whatever the order of the file', () => {
    const read = locks({ beta: now, acme: now });
    expect([...nextLocks(locks({}), [wanting('beta'), wanting('acme')], read).keys()]).toEqual(['acme', 'beta']);
  });

  test('have no tenant that the file no longer has, that has no lock, or no globs', () => {
    const { lock: _, ...open } = wanting('open');
    const before = locks({ gone: old, open: old, plain: old });
    expect(nextLocks(before, [open, wanting('plain')], locks({ open: now, plain: NOTHING_LOCKED }))).toEqual(locks({}));
  });
});

describe('what changed', () => {
  test('is told by tenant and glob', () => {
    const before = locks({
      acme: globs({ 'a.*': ['a.x', 'a.y'], 'b.*': ['b.x'], 'c.*': ['c.x'] }),
      beta: globs({ 'a.*': ['a.x'] }),
      gone: globs({ 'a.*': ['a.x'] }),
    });
    const after = locks({
      acme: globs({ 'a.*': ['a.y', 'a.z'], 'b.*': ['b.x'], 'd.*': ['d.x'] }),
      beta: globs({ 'a.*': ['a.x'] }),
      fresh: globs({ 'a.*': [] }),
    });
    expect(lockChanges(before, after)).toEqual([
      {
        tenant: 'acme',
        is: 'changed',
        globs: [
          { glob: 'a.*', is: 'changed', added: ['a.z'], removed: ['a.x'] },
          { glob: 'c.*', is: 'gone', added: [], removed: ['c.x'] },
          { glob: 'd.*', is: 'new', added: ['d.x'], removed: [] },
        ],
      },
      { tenant: 'fresh', is: 'new', globs: [{ glob: 'a.*', is: 'new', added: [], removed: [] }] },
      { tenant: 'gone', is: 'gone', globs: [{ glob: 'a.*', is: 'gone', added: [], removed: ['a.x'] }] },
    ]);
  });
});
