import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { fingerprintWith } from './fingerprint.js';
import { Secret } from './secret.js';

const KEY = new Secret('a key of some length');
const of = (tenant: string, place: string, secret: string, key = KEY) =>
  fingerprintWith(key, tenant)(place, new Secret(secret));

test('the same key, tenant, place and secret give the same fingerprint, today and in the next release', () => {
  const expected = createHmac('sha256', 'a key of some length')
    .update('["acme","secretKey","s3cret"]')
    .digest('base64url');
  expect(of('acme', 'secretKey', 's3cret')).toBe(expected);
  expect(of('acme', 'secretKey', 's3cret', new Secret('a key of some length'))).toBe(expected);
});

test('another key, tenant, place or secret gives another one', () => {
  const all = [
    of('acme', 'secretKey', 's3cret'),
    of('acme', 'secretKey', 's3cret', new Secret('another key of some length')),
    of('beta', 'secretKey', 's3cret'),
    of('acme', 'headers.x-api-key', 's3cret'),
    of('acme', 'secretKey', 'S3cret'),
    of('acme', '', 'secretKeys3cret'),
    of('acme', 'secretKeys3cret', ''),
    of('acmesecretKey', '', 's3cret'),
    of('acme","secretKey', '', 's3cret'),
  ];
  expect(new Set(all).size).toBe(all.length);
});

test('it shows nothing of the secret and has one length, whatever the secret', () => {
  const secrets = ['', 'short', 'long '.repeat(10_000), 'ключ 🔑', '\0'];
  for (const secret of secrets) expect(of('acme', 'secretKey', secret)).toMatch(/^[\w-]{43}$/);
});
