import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifyEmporixSignature, type EmporixOptions, type EmporixVerification } from './emporix.js';

const SECRET = 'password123';
const CANONICAL =
  '{"description":null,"id":"p-1","metadata":{"createdAt":"2026-01-01T00:00:00.000Z","version":1},' +
  '"name":{"de":"Becher","en":"Mug"},"published":true,"tags":["b","a"]}';
const SIGNATURE = 'zTW4LEeSnN3GqBhJh6GNiWCI+/s3q9rNly7dvJG8DS8=';
const NOON = Date.UTC(2026, 10, 15, 12);

const sign = (body: string | Uint8Array, secret = SECRET): string =>
  createHmac('sha256', secret).update(body).digest('base64');

function verify(
  body: string | Uint8Array,
  signature: string,
  secrets: string | readonly string[] = SECRET,
): EmporixVerification {
  return verifyEmporixSignature(body, signature, secrets);
}

/** A good request of noon, looked at `ageMs` later. */
function verifyAged(ageMs: number, options: EmporixOptions = {}, headers: object = {}): EmporixVerification {
  const signed = { 'emporix-event-signature': SIGNATURE, 'emporix-event-publish-time': '2026-11-15T12:00:00Z' };
  return verifyEmporixSignature(CANONICAL, { ...signed, ...headers }, SECRET, { now: () => NOON + ageMs, ...options });
}

const good = (form: 'raw' | 'canonical', secretIndex = 0): EmporixVerification => ({
  ok: true,
  form,
  secretIndex,
  publishedAt: undefined,
});
const reasonOf = (result: EmporixVerification): string => (result.ok ? 'none' : result.reason);

test('the worked example is good as it stands', () => {
  expect(CANONICAL).toHaveLength(163);
  expect(sign(CANONICAL)).toBe(SIGNATURE);
  expect(verify(CANONICAL, SIGNATURE)).toEqual(good('raw'));
});

test('the same data written otherwise is good in its canonical form', () => {
  const otherwise = `{ "published": true, "id": "p-1",
    "metadata": { "version": 1.0, "createdAt": "2026-01-01T00:00:00.000Z" },
    "name": { "en": "Mug", "de": "Becher" }, "tags": ["b", "a"], "description": null }`;
  expect(verify(otherwise, SIGNATURE)).toEqual(good('canonical'));
});

test('bytes that are not canonical are good when they are what was signed', () => {
  const fraction = CANONICAL.replace('"version":1', '"version":1.0');
  expect(verify(fraction, 'J56OzmW/b2Hy81rIRhsYb+/OkaQ9/YA3zY3JWUBH6yk=')).toEqual(good('raw'));
  const insertionOrder =
    '{"published":true,"id":"p-1","metadata":{"version":1,"createdAt":"2026-01-01T00:00:00.000Z"},' +
    '"name":{"en":"Mug","de":"Becher"},"tags":["b","a"],"description":null}';
  expect(verify(insertionOrder, 'LyGp469RMMXwJ4EGvjZzOEVLFRD613EnaXn3vWVkWaI=')).toEqual(good('raw'));
  expect(reasonOf(verify(CANONICAL, 'LyGp469RMMXwJ4EGvjZzOEVLFRD613EnaXn3vWVkWaI='))).toBe('no-match');
});

test.each([
  ['names like integers', '{"10":"ten","9":"nine","a":0}', '{"9":"nine","10":"ten","a":0}'],
  ['more digits than a number holds', '{"id":12345678901234567890}', '{"id":12345678901234567890.0}'],
  ['a fraction that the signer writes in full', '{"a":1,"price":1.50}', '{"price":1.50,"a":1.0}'],
  ['a fraction that the signer writes short', '{"a":1,"price":1.5}', '{"price":1.50,"a":1.0}'],
])('canonical: %s', (_, signed, sent) => {
  expect(verify(sent, sign(signed))).toEqual(good('canonical'));
});

test('a digit that no number could hold still counts', () => {
  expect(reasonOf(verify('{ "id":12345678901234567891}', sign('{"id":12345678901234567890}')))).toBe('no-match');
});

test('a member hidden behind another of the same name is found out', () => {
  expect(reasonOf(verify('{"id":"evil","id":"p-1"}', sign('{"id":"p-1"}')))).toBe('no-match');
  expect(verify('{"id":"a","id":"p-1"}', sign('{"id":"a","id":"p-1"}'))).toEqual(good('raw'));
});

test('a byte order mark is not part of the data, and not taken for nothing either', () => {
  expect(reasonOf(verify(`\ufeff${CANONICAL}`, SIGNATURE))).toBe('no-match');
});

test('during a rotation each secret is good, and it is told which one it was', () => {
  expect(verify(CANONICAL, SIGNATURE, ['newer', SECRET])).toEqual(good('raw', 1));
  expect(verify(` ${CANONICAL}`, SIGNATURE, ['newer', SECRET])).toEqual(good('canonical', 1));
  expect(reasonOf(verify(CANONICAL, SIGNATURE, ['newer', 'newest']))).toBe('no-match');
});

test.each([
  ['no secret', [], 'There is no secret to verify with.'],
  ['an empty one', '', 'Secret 1 of 1 is empty.'],
  ['an empty one behind a good one', [SECRET, ''], 'Secret 2 of 2 is empty.'],
])('%s is the fault of the receiver', (_, secrets, message) => {
  expect(verify(CANONICAL, SIGNATURE, secrets)).toEqual({ ok: false, reason: 'malformed-secret', message });
});

test.each([
  [undefined, 'There is no secret to verify with.'],
  [null, 'There is no secret to verify with.'],
  [{ secret: SECRET }, 'Secrets are a text or a list of texts.'],
  [[undefined], 'Secret 1 of 1 is not a text.'],
])('so is what a program without types takes for secrets: %j', (secrets, message) => {
  const refusal = { ok: false, reason: 'malformed-secret', message };
  expect(verifyEmporixSignature(CANONICAL, SIGNATURE, secrets as never)).toEqual(refusal);
});

test.each(['', 'x', SIGNATURE.slice(0, -1), `sha256=${SIGNATURE}`, `${SIGNATURE}, ${SIGNATURE}`])(
  'a signature like %j is malformed',
  (signature) => {
    expect(reasonOf(verify(CANONICAL, signature))).toBe('malformed-header');
  },
);

test('another spelling of the same signature does not pass', () => {
  const spelling = SIGNATURE.replace('8=', '9=');
  expect(Buffer.from(spelling, 'base64')).toEqual(Buffer.from(SIGNATURE, 'base64'));
  expect(reasonOf(verify(CANONICAL, spelling))).toBe('no-match');
});

test('headers come in any case, from any framework', () => {
  const time = '2026-11-15T12:00:00Z';
  const sets = [
    new Headers({ 'Emporix-Event-Signature': SIGNATURE, 'Emporix-Event-Publish-Time': time }),
    { 'EMPORIX-EVENT-SIGNATURE': SIGNATURE, 'Emporix-Event-Publish-Time': [time] },
  ];
  for (const headers of sets) {
    expect(verifyEmporixSignature(CANONICAL, headers, SECRET, { now: () => NOON })).toEqual({
      ok: true,
      form: 'raw',
      secretIndex: 0,
      publishedAt: new Date(NOON),
    });
  }
});

test.each([
  ['at once', 0, 'none'],
  ['after 72 hours', 72 * 3_600_000, 'none'],
  ['later', 72 * 3_600_000 + 1, 'too-old'],
  ['five minutes before it was published', -300_000, 'none'],
  ['earlier', -300_001, 'too-new'],
])('a delivery that arrives %s', (_, ageMs, reason) => {
  expect(reasonOf(verifyAged(ageMs))).toBe(reason);
});

test('how old a delivery may be can be said', () => {
  expect(verifyAged(60_001, { maxAgeMs: 60_000 })).toMatchObject({ reason: 'too-old' });
  expect(reasonOf(verifyAged(1e12, { maxAgeMs: Infinity }))).toBe('none');
  expect(reasonOf(verifyAged(-2, { maxAheadMs: 1 }))).toBe('too-new');
});

test.each<[NonNullable<EmporixOptions['publishTime']>, string | undefined, string]>([
  ['required', undefined, 'missing-header'],
  ['required', 'yesterday', 'malformed-header'],
  ['if-present', undefined, 'none'],
  ['if-present', 'yesterday', 'malformed-header'],
  ['if-present', '2026-01-01T00:00:00Z', 'too-old'],
  ['ignored', undefined, 'none'],
  ['ignored', 'yesterday', 'none'],
])('publish time %s: %s', (publishTime, header, reason) => {
  expect(reasonOf(verifyAged(0, { publishTime }, { 'emporix-event-publish-time': header }))).toBe(reason);
});

test('without a signature nothing is good, however right the time', () => {
  expect(verifyAged(0, {}, { 'emporix-event-signature': undefined })).toEqual({
    ok: false,
    reason: 'missing-header',
    message: 'The request has no emporix-event-signature.',
  });
});

test('the time of a request that nobody signed is not spoken of', () => {
  expect(reasonOf(verifyAged(1e12, {}, { 'emporix-event-signature': sign('other') }))).toBe('no-match');
});

test('a parsed body is refused with an explanation', () => {
  // @ts-expect-error what callers without types do
  expect(() => verify({ id: 'p-1' }, SIGNATURE)).toThrow('was parsed already');
});

const anyBytes = fc.uint8Array({ maxLength: 300 });
const secrets = fc.string({ minLength: 1 });

test('any bytes are good with their own signature', () => {
  fc.assert(
    fc.property(anyBytes, secrets, (body, secret) => {
      expect(verify(body, sign(body, secret), secret)).toEqual(good('raw'));
    }),
  );
});

/** Any value as a text, members in any order, with blanks. */
const shuffledJson = fc
  .tuple(fc.jsonValue({ stringUnit: 'grapheme' }), fc.infiniteStream(fc.nat()))
  .map(([value, order]) => ({ value, sent: writeShuffled(value, () => order.next().value) }));

function writeShuffled(value: unknown, next: () => number): string {
  const blank = [' ', '', '\n', '\t'][next() % 4] ?? '';
  if (Array.isArray(value)) return `[${value.map((item) => writeShuffled(item, next)).join(`${blank},`)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) + blank;
  const members = Object.entries(value).map(([name, inner]) => ({
    text: `${JSON.stringify(name)}${blank}:${writeShuffled(inner, next)}`,
    rank: next(),
  }));
  return `{${members
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ text }) => text)
    .join(`,${blank}`)}}`;
}

/** As the sender makes it: `json-stable-stringify`, in a few lines. */
function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const names = Object.keys(value).toSorted((a, b) => (a < b ? -1 : 1));
  return `{${names.map((name) => `${JSON.stringify(name)}:${stable(Reflect.get(value, name))}`).join(',')}}`;
}

test('any JSON is good in whatever way it is written down again', () => {
  fc.assert(
    fc.property(shuffledJson, ({ value, sent }) => {
      expect(verify(sent, sign(stable(value))).ok).toBe(true);
    }),
  );
});

test('with any bit flipped the body says the same or is not good', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(), fc.nat(7), (value, place, bit) => {
      const body = Buffer.from(stable(value));
      const signature = sign(body);
      const at = place % body.length;
      body[at] = (body[at] ?? 0) ^ (1 << bit);
      const { ok } = verify(body, signature);
      expect(ok && stable(JSON.parse(body.toString())) !== stable(value)).toBe(false);
    }),
  );
});

test('with any bit of the signature flipped nothing is good', () => {
  fc.assert(
    fc.property(anyBytes, fc.nat(SIGNATURE.length - 1), fc.nat(7), (body, at, bit) => {
      const signature = Buffer.from(sign(body));
      signature[at] = (signature[at] ?? 0) ^ (1 << bit);
      expect(verify(body, signature.toString('latin1')).ok).toBe(false);
    }),
  );
});

test('no refusal shows a secret or a signature', () => {
  fc.assert(
    fc.property(
      anyBytes,
      fc.base64String({ minLength: 16 }),
      fc.base64String({ minLength: 16 }),
      (body, secret, given) => {
        const text = JSON.stringify([verify(body, given, secret), verify(body, sign('other', secret), [secret, ''])]);
        expect(text.includes(secret) || text.includes(given) || text.includes(sign('other', secret))).toBe(false);
      },
    ),
  );
});
