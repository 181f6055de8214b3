import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.js';
import { signBody } from './signature.js';

const payload = {
  published: true,
  id: 'p-1',
  metadata: { version: 1, createdAt: '2026-01-01T00:00:00.000Z' },
  name: { en: 'Mug', de: 'Becher' },
  tags: ['b', 'a'],
  description: null,
};

test('signs the canonical form with HMAC-SHA256 in Base64', () => {
  const body = canonicalJson(payload);
  expect(body).toHaveLength(163);
  expect(signBody(body, 'password123')).toBe('zTW4LEeSnN3GqBhJh6GNiWCI+/s3q9rNly7dvJG8DS8=');
});

test('gives other signatures for other spellings of the same data', () => {
  expect(signBody(JSON.stringify(payload), 'password123')).toBe('LyGp469RMMXwJ4EGvjZzOEVLFRD613EnaXn3vWVkWaI=');
  expect(signBody(canonicalJson(payload).replace('"version":1', '"version":1.0'), 'password123')).toBe(
    'J56OzmW/b2Hy81rIRhsYb+/OkaQ9/YA3zY3JWUBH6yk=',
  );
});
