import { describe, expect, it } from 'vitest';

import { Redactor, redactStrings } from './redact.js';
import { secretsIn } from './secrets-in.js';

describe('a redactor', () => {
  it('hides known values in every usual spelling', () => {
    const { redact } = new Redactor('a "b" & ü');
    const spellings = [
      'a "b" & ü',
      JSON.stringify('a "b" & ü'),
      encodeURIComponent('a "b" & ü'),
      'a+%22b%22+%26+%C3%BC',
    ];
    expect(spellings.map(redact)).toEqual(['[secret]', '"[secret]"', '[secret]', '[secret]']);
  });

  it.each([
    ['Authorization: Bearer abc.def-ghi, next', 'Authorization: Bearer [secret], next'],
    ['basic dXNlcjpwYXNz', 'basic [secret]'],
    ['{"access_token":"abc","expires_in":1}', '{"access_token":"[secret]","expires_in":1}'],
    ['client_secret=abc&x=1', 'client_secret=[secret]&x=1'],
    ['see https://app.svix.com/login#key=abc now', 'see https://app.svix.com/login#key=[secret] now'],
    ['token appsk_abc.eu', 'token [secret]'],
    ['key testsk_abc.us', 'key [secret]'],
    ['got "whsec_aGk+/A==", whsk_b and whsk1_c', 'got "[secret]", [secret] and [secret]'],
    ['to https://user:p%40ss@erp.example/hooks?a@b', 'to https://[secret]@erp.example/hooks?a@b'],
    ['to https://erp.example/a@b', 'to https://erp.example/a@b'],
    ['nothing to hide', 'nothing to hide'],
  ])('hides what looks like a secret: %s', (text, expected) => {
    expect(new Redactor().redact(text)).toBe(expected);
  });

  it('hides the longer of two secrets that begin alike', () => {
    const redactor = new Redactor('token');
    redactor.add('token-and-more');
    expect(redactor.redact('x token-and-more y')).toBe('x [secret] y');
  });

  it('hides what it learned after it has hidden something', () => {
    const redactor = new Redactor('first');
    expect(redactor.redact('first second')).toBe('[secret] second');
    redactor.add('second');
    expect(redactor.redact('first second')).toBe('[secret] [secret]');
  });

  it('forgets the oldest of many, but never those it was made with', () => {
    const redactor = new Redactor('permanent');
    redactor.add('oldest');
    for (let index = 0; index < 300; index += 1) redactor.add(`later-${index}`);
    expect(redactor.redact('permanent oldest later-299')).toBe('[secret] oldest [secret]');
  });

  it('leaves words alone that are too short to be secrets', () => {
    expect(new Redactor('on').redact('only on')).toBe('only on');
  });
});

const shout = (text: string): string => text.toUpperCase();

it('redactStrings looks into lists, members and names', () => {
  expect(redactStrings({ a: ['b', 1, null, { c: 'd' }] }, shout)).toEqual({ A: ['B', 1, null, { C: 'D' }] });
});

it('secretsIn finds keys, header values and what a patch sets', () => {
  const body = [
    { op: 'UPSERT', path: '/configuration/svix/apiKey', value: 'one' },
    { op: 'UPSERT', path: '/configuration/http/destinationUrl', value: 'not this' },
    { op: 'UPSERT', path: '/configuration/http/headers', value: { 'x-a': { value: 'two' } } },
    {
      code: 'not this',
      configuration: {
        secretKey: 'three',
        headers: { 'x-b': { value: 'four' } },
        eventsConfiguration: [{ name: 'not this', secretKey: 'five' }],
      },
    },
  ];
  expect(secretsIn(body)).toEqual(['one', 'two', 'three', 'four', 'five']);
  expect(secretsIn({ url: 'not this', secret: 'six', headers: { a: 'seven', b: null } })).toEqual(['six', 'seven']);
  expect(secretsIn({ key: 'eight', gracePeriodSeconds: 1, token: 'nine' })).toEqual(['eight', 'nine']);
  expect(secretsIn(undefined)).toEqual([]);
});
