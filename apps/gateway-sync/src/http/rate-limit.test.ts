import { describe, expect, test } from 'vitest';
import { RateLimit } from './rate-limit.js';

describe('a rate limit', () => {
  test('refuses what is one too many, and says when to come back', async () => {
    const limit = new RateLimit(2, 'requests');
    await limit.count('2001:db8::1');
    await limit.count('2001:db8::2');
    const refusal: unknown = await limit.count('2001:db8::3').catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      name: 'ProblemError',
      problem: { status: 429, code: 'too-many-requests', detail: 'too many requests from 2001:db8::3' },
      headers: { 'retry-after': expect.stringMatching(/^(59|60)$/) },
    });
  });

  test('counts every address by itself, and takes back what was no guess', async () => {
    const limit = new RateLimit(1, 'wrong tokens');
    await limit.count('10.0.0.1');
    await limit.count('10.0.0.2');
    await limit.forgive('10.0.0.1');
    await expect(limit.count('10.0.0.1')).resolves.toBeUndefined();
    await expect(limit.count('10.0.0.2')).rejects.toThrow('too many wrong tokens from 10.0.0.2');
  });
});
