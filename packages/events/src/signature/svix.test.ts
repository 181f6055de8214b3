import { createHmac, generateKeyPairSync, sign as signAsymmetric } from 'node:crypto';
import * as fc from 'fast-check';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { expect, test } from 'vitest';
import { verifySvixSignature, type SvixOptions, type SvixVerification } from './svix.js';

const SECRET = 'whsec_plJ3nmyCDGBKInavdOK15jsl';
const OTHER = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const ID = 'msg_loFOjxBNrRLzqYUf';
const SECONDS = 1_731_705_121;
const BODY = '{"event_type":"ping","data":{"success":true}}';
const SIGNATURE = 'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=';

function headersOf(
  prefix: string,
  parts: { id?: string; timestamp?: string; signature?: string } = {},
): Record<string, string> {
  const { id = ID, timestamp = String(SECONDS), signature = SIGNATURE } = parts;
  return { [`${prefix}-id`]: id, [`${prefix}-timestamp`]: timestamp, [`${prefix}-signature`]: signature };
}

/** Looked at `ageSeconds` after it was sent. */
function verify(
  headers: Record<string, string> = headersOf('svix'),
  {
    ageSeconds = 0,
    secrets = SECRET,
    ...options
  }: SvixOptions & { ageSeconds?: number; secrets?: string | readonly string[] } = {},
): SvixVerification {
  return verifySvixSignature(BODY, headers, secrets, { now: () => (SECONDS + ageSeconds) * 1_000, ...options });
}

const GOOD: SvixVerification = { ok: true, id: ID, sentAt: new Date(SECONDS * 1_000), secretIndex: 0 };
const reasonOf = (result: SvixVerification): string => (result.ok ? 'none' : result.reason);

test.each(['svix', 'webhook'])('the published example is good with the headers of %s', (prefix) => {
  expect(verify(headersOf(prefix))).toEqual(GOOD);
});

test('of two families the one that is complete counts', () => {
  const { 'svix-id': _, ...incomplete } = headersOf('svix', { signature: 'v1,other' });
  expect(verify({ ...incomplete, ...headersOf('webhook') })).toEqual(GOOD);
});

test('one good signature among several is enough', () => {
  const several = `v1a,AAAA v2,BBBB v1,${'C'.repeat(43)}= ${SIGNATURE}`;
  expect(verify(headersOf('svix', { signature: several }))).toEqual(GOOD);
});

test('during a rotation each secret is good, and it is told which one it was', () => {
  expect(verify(headersOf('svix'), { secrets: [OTHER, SECRET] })).toEqual({ ...GOOD, secretIndex: 1 });
  expect(reasonOf(verify(headersOf('svix'), { secrets: [OTHER] }))).toBe('no-match');
});

test('the secret may stand without its prefix', () => {
  expect(verify(headersOf('svix'), { secrets: SECRET.slice('whsec_'.length) })).toEqual(GOOD);
});

test.each([
  [300, 'none'],
  [301, 'too-old'],
  [-300, 'none'],
  [-301, 'too-new'],
])('%i s after it was sent: %s, as in the library of Svix', (ageSeconds, reason) => {
  expect(reasonOf(verify(headersOf('svix'), { ageSeconds }))).toBe(reason);
});

test('how far clocks may be apart can be said', () => {
  expect(reasonOf(verify(headersOf('svix'), { ageSeconds: 11, toleranceMs: 10_000 }))).toBe('too-old');
});

test('it says which header is missing', () => {
  expect(verify({})).toMatchObject({
    message: 'The request has no svix-id and no svix-timestamp and no svix-signature.',
  });
  expect(verify(headersOf('webhook', { id: '' }))).toEqual({
    ok: false,
    reason: 'missing-header',
    message: 'The request has no webhook-id.',
  });
});

test.each([
  ['a timestamp in words', { timestamp: 'now' }],
  ['a timestamp with a fraction', { timestamp: '1731705121.5' }],
  ['a negative timestamp', { timestamp: '-5' }],
  ['a signature without version', { signature: SIGNATURE.slice(3) }],
  ['an unknown version only', { signature: 'v2,AAAA' }],
])('%s is malformed', (_, parts) => {
  expect(reasonOf(verify(headersOf('svix', parts)))).toBe('malformed-header');
});

test('a signature of an asymmetric key alone is said to be one', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const signature = `v1a,${signAsymmetric(null, Buffer.from(`${ID}.${SECONDS}.${BODY}`), privateKey).toString('base64')}`;
  expect(verify(headersOf('svix', { signature }))).toEqual({
    ok: false,
    reason: 'unsupported-signature',
    message: 'svix-signature is of an asymmetric key (v1a) only; give the endpoint a whsec_ secret.',
  });
});

test.each([
  ['no secret', [], 'There is no secret to verify with.'],
  ['an empty one', 'whsec_', 'Secret 1 of 1 is empty.'],
  ['one that is not Base64', [SECRET, 'whsec_not base64'], 'Secret 2 of 2 is not whsec_ with Base64 behind it.'],
  ['a public key', 'whpk_AAAA', 'Secret 1 of 1 is of an asymmetric key; endpoints with a whsec_ secret are supported.'],
])('%s is the fault of the receiver', (_, secrets, message) => {
  expect(verify(headersOf('svix'), { secrets })).toEqual({ ok: false, reason: 'malformed-secret', message });
});

test('so is a secret that a program without types does not have', () => {
  const refusal = { ok: false, reason: 'malformed-secret', message: 'There is no secret to verify with.' };
  expect(verifySvixSignature(BODY, headersOf('svix'), undefined as never)).toEqual(refusal);
});

test.each(['id', 'timestamp', 'signature'] as const)('a changed %s is noticed', (part) => {
  const changed = { id: 'msg_other', timestamp: String(SECONDS + 1), signature: SIGNATURE.replace('r', 's') }[part];
  expect(reasonOf(verify(headersOf('svix', { [part]: changed })))).toBe('no-match');
});

const bodies = fc.string({ unit: 'binary' });
const keys = fc
  .uint8Array({ minLength: 24, maxLength: 75 })
  .map((key) => `whsec_${Buffer.from(key).toString('base64')}`);
const ids = fc.stringMatching(/^msg_[A-Za-z0-9]{27}$/);

test('whatever the library of Svix signs is good, and so is what that of Standard Webhooks signs', () => {
  fc.assert(
    fc.property(bodies, keys, ids, (body, secret, id) => {
      const at = new Date(SECONDS * 1_000);
      const check = (headers: Record<string, string>): boolean =>
        verifySvixSignature(body, headers, secret, { now: () => at.getTime() }).ok;
      const svix = headersOf('svix', { id, signature: new SvixWebhook(secret).sign(id, at, body) });
      const standard = headersOf('webhook', { id, signature: new StandardWebhook(secret).sign(id, at, body) });
      expect([check(svix), check(standard)]).toEqual([true, true]);
    }),
  );
});

test('agrees with the library of Svix on changed requests', () => {
  fc.assert(
    fc.property(fc.json(), keys, fc.nat(), fc.nat(7), (body, secret, place, bit) => {
      const seconds = Math.floor(Date.now() / 1_000);
      const bytes = Buffer.from(body);
      const signature = `v1,${createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
        .update(`${ID}.${seconds}.`)
        .update(bytes)
        .digest('base64')}`;
      const headers = headersOf('svix', { timestamp: String(seconds), signature });
      expect(verifySvixSignature(bytes, headers, secret).ok).toBe(accepts(bytes, headers, secret));
      const at = place % bytes.length;
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
      expect(verifySvixSignature(bytes, headers, secret).ok).toBe(false);
      expect(accepts(bytes, headers, secret)).toBe(false);
    }),
  );
});

function accepts(body: Buffer, headers: Record<string, string>, secret: string): boolean {
  try {
    new SvixWebhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

test('no refusal shows a secret or a signature', () => {
  const refusals = [
    verify(headersOf('svix'), { secrets: [OTHER] }),
    verify(headersOf('svix'), { secrets: [OTHER, `${SECRET} `] }),
    verify(headersOf('svix', { signature: 'v2,rAvfW3dJ' })),
  ];
  expect(JSON.stringify(refusals)).not.toMatch(/whsec_[A-Za-z0-9]|plJ3|rAvf|BwcH/);
});
