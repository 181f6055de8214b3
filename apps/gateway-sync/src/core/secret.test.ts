import { inspect, format } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from './secret.js';

const secret = new Secret('s3cr3t-value');

test('a secret shows [secret] however it is printed, also inside other values', () => {
  const shown = [
    String(secret),
    `a ${String(secret)}`.slice(2),
    ['', secret].join(''),
    JSON.stringify(secret),
    JSON.stringify({ nested: [secret] }),
    inspect(secret),
    inspect({ nested: { deeper: [secret] } }, { showHidden: true, depth: null }),
    format('%s %o %O %j', secret, secret, secret, secret),
    new Error(`failed with ${String(secret)}`).message,
    JSON.stringify(Object.entries(secret)),
    JSON.stringify(Object.assign({}, secret)),
  ];
  expect(shown.filter((text) => text.includes('s3cr3t'))).toEqual([]);
  expect(shown.slice(0, 6)).toEqual([
    '[secret]',
    '[secret]',
    '[secret]',
    '"[secret]"',
    '{"nested":["[secret]"]}',
    '[secret]',
  ]);
});

test('a secret is revealed where it is asked for', () => {
  expect(secret.reveal()).toBe('s3cr3t-value');
});
