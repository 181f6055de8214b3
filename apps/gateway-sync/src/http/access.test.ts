import { describe, expect, test } from 'vitest';
import { Secret } from '../core/secret.js';
import { apiAccess, tokenJudge } from './access.js';

const TOKEN = 'a-token-of-length';

describe('a token', () => {
  const judge = tokenJudge(new Secret(TOKEN));

  test.each([
    [`Bearer ${TOKEN}`, 'right'],
    [`bearer   ${TOKEN}`, 'right'],
    [`Bearer ${TOKEN.toUpperCase()}`, 'wrong'],
    [`Bearer ${TOKEN}x`, 'wrong'],
    [`Bearer ${TOKEN.slice(0, -1)}`, 'wrong'],
    [`Bearer x`, 'wrong'],
    [`Bearer ${'x'.repeat(5000)}`, 'wrong'],
    ['Bearer ä', 'wrong'],
    ['Bearer', 'missing'],
    ['Bearer ', 'missing'],
    [TOKEN, 'missing'],
    [`Basic ${TOKEN}`, 'missing'],
    [`Bearer ${TOKEN} ${TOKEN}`, 'missing'],
    ['', 'missing'],
    [undefined, 'missing'],
  ])('in %j is %s, however long it is', (authorization, verdict) => {
    expect(judge(authorization)).toBe(verdict);
  });
});

test('without a token nobody may change anything', () => {
  expect(apiAccess({ protectReads: false })).toEqual({ type: 'closed' });
});
