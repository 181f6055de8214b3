import { describe, expect, it } from 'vitest';

import { AccessToken } from './access-token.js';
import { givenToken, type GivenToken } from './given-token.js';

/** Gives `token-1`, then `token-2`, and counts. */
function counting(): { readonly token: GivenToken; readonly asked: () => number } {
  let asked = 0;
  return { token: async () => `token-${(asked += 1)}`, asked: () => asked };
}

describe('a token that a function gives', () => {
  it('is asked for once, however many want it at the same time', async () => {
    const { token, asked } = counting();
    const provider = givenToken(token);
    const got = await Promise.all([provider.getToken(), provider.getToken()]);
    got.push(await provider.getToken());
    expect(got.map((each) => each.reveal())).toEqual(['token-1', 'token-1', 'token-1']);
    expect(asked()).toBe(1);
  });

  it('is asked for again after a refusal, unless there is a newer one', async () => {
    const { token, asked } = counting();
    const provider = givenToken(token);
    const first = await provider.getToken();
    provider.invalidate(first);
    expect((await provider.getToken()).reveal()).toBe('token-2');
    provider.invalidate(first);
    expect((await provider.getToken()).reveal()).toBe('token-2');
    expect(asked()).toBe(2);
  });

  it('is asked for again after a failure', async () => {
    const { token } = counting();
    let broken = true;
    const provider = givenToken(async () => {
      if (broken || typeof token === 'string') throw new Error('sealed');
      return token();
    });
    await expect(provider.getToken()).rejects.toThrow('sealed');
    broken = false;
    expect((await provider.getToken()).reveal()).toBe('token-1');
  });
});

it('a fixed token stays, whatever is said about it', async () => {
  const provider = givenToken('fixed');
  provider.invalidate(new AccessToken('fixed'));
  expect((await provider.getToken()).reveal()).toBe('fixed');
});
