import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../core/errors.js';
import type { Locks } from '../../core/lock.js';
import { lockText, parseLock } from './lock-text.js';

type Written = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const locksOf = (written: Written): Locks =>
  new Map(Object.entries(written).map(([tenant, globs]) => [tenant, new Map(Object.entries(globs))]));

/** Problems as `place path: message; remedy`. */
function problems(text: string): string[] {
  try {
    parseLock(text, 'shops.lock.json');
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ place, path, message, remedy = '' }) => `${place} ${path}: ${message}; ${remedy}`);
  }
}

test('tenants whose globs mean the same share a block, and every name has a line of its own', () => {
  const orders = { 'order.*': ['order.deleted', 'order.created'] };
  expect(lockText(locksOf({ gamma: { ...orders, '*': [] }, beta: orders, acme: orders }))).toBe(`{
  "version": 1,
  "blocks": [
    {
      "tenants": [
        "acme",
        "beta"
      ],
      "globs": {
        "order.*": [
          "order.created",
          "order.deleted"
        ]
      }
    },
    {
      "tenants": [
        "gamma"
      ],
      "globs": {
        "*": [],
        "order.*": [
          "order.created",
          "order.deleted"
        ]
      }
    }
  ]
}
`);
});

const types = fc.subarray(['a.x', 'a.y', 'b.x']);
const globs = fc.dictionary(fc.constantFrom('a.*', 'b.*', '*', '{a,b}.x'), types, { noNullPrototype: true });
const locks = fc.dictionary(fc.constantFrom('acme', 'beta', 'gamma', 'delta'), globs, { noNullPrototype: true });

test('what is written is read back, and written the same whatever the order', () => {
  fc.assert(
    fc.property(locks, (written) => {
      const text = lockText(locksOf(written));
      expect(parseLock(text, 'x')).toEqual(locksOf(written));
      const turned = Object.entries(written)
        .toReversed()
        .map(([tenant, all]) => [tenant, new Map(Object.entries(all).toReversed())] as const);
      expect(lockText(new Map(turned))).toBe(text);
    }),
  );
});

test('tenants of a block share what is locked, because there may be thousands of them', () => {
  const orders = { 'order.*': ['order.created'] };
  const read = parseLock(lockText(locksOf({ acme: orders, beta: orders })), 'x');
  expect(read.get('acme')).toBe(read.get('beta'));
});

test('a file that was edited by hand is read, whatever its case and order', () => {
  const text = '{"blocks":[{"globs":{"Order.*":["Order.Deleted","order.created"]},"tenants":["acme"]}],"version":1}';
  expect(parseLock(text, 'x')).toEqual(locksOf({ acme: { 'order.*': ['order.created', 'order.deleted'] } }));
});

describe('a broken lock file', () => {
  test.for([
    ['{\n  "version": 1,\n}', 'shops.lock.json:3:1 : is not JSON; restore it, or delete it and run gateway-sync lock'],
    ['{', 'shops.lock.json:1:2 : is not JSON; restore it, or delete it and run gateway-sync lock'],
    [
      '{\n  "version": 1,\n<<<<<<< ours\n  "blocks": []\n',
      'shops.lock.json:3:1 : holds a conflict of a merge; keep one side of it, then run gateway-sync lock',
    ],
    [
      '{\n  "version": 2, "shape": "other" }',
      'shops.lock.json:2:14 version: must be 1: this gateway-sync knows no other lock file; update gateway-sync, or delete the lock file and run gateway-sync lock',
    ],
    [
      '{ "version": 1,\n  "blocks": [{ "tenants": ["acme"], "globs": { "a.*": [\n 7] } }] }',
      'shops.lock.json:3:2 blocks[0].globs.a.*[0]: must be text, not a number; ',
    ],
    ['{ "version": 1 }', 'shops.lock.json:1:1 blocks: is missing; add it'],
    [
      '{ "version": 1, "blocks": [\n{ "tenants": ["acme"], "globs": {} },\n{ "tenants": ["acme"], "globs": {} }] }',
      'shops.lock.json:3:15 blocks[1].tenants[0]: tenant acme stands here a second time, first at shops.lock.json:2:15; delete it in one of the two, then run gateway-sync lock',
    ],
    [
      '{ "version": 1, "blocks": [{ "tenants": ["acme"], "globs": { "a.*": [],\n"a.*": ["a.x"] } }] }',
      'shops.lock.json:2:1 : the same key stands twice in one mapping; keep one of them',
    ],
  ] as const)('%j', ([text, told]) => {
    expect(problems(text)).toEqual([told]);
  });
});
