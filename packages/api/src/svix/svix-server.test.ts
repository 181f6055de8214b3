import { describe, expect, it } from 'vitest';

import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { appIdOfLoginUrl, chooseSvixServer, type SvixServer, type SvixServerHints } from './svix-server.js';

const login = (key: unknown, encode = (text: string): string => text): string =>
  `https://app.svix.com/login#key=${encode(Buffer.from(JSON.stringify(key)).toString('base64'))}`;

const first = login({ appId: 'acme', token: 'appsk_a' });
const second = login({ appId: 'acme', token: 'appsk_a', region: 'us' });
const current = login({ appId: 'acme', oneTimeToken: 'a', region: 'in' });
const truncated = 'https://app.svix.com/login#key=eyJhcHBJZCI6ICJhcHBfMXRSdFl';
const byDefault: SvixServer = { baseUrl: 'https://api.eu.svix.com', from: 'default' };

describe('the server of an application', () => {
  it.each<[string, SvixServerHints, SvixServer]>([
    [
      'the one configured, before all else',
      { configured: 'https://svix.example/base/', token: 'appsk_a.us', loginUrl: current },
      { baseUrl: 'https://svix.example/base', from: 'configured' },
    ],
    [
      'any that is configured',
      { configured: 'http://127.0.0.1:4010' },
      { baseUrl: 'http://127.0.0.1:4010', from: 'configured' },
    ],
    [
      'the one of the token, when the configured one is empty',
      { configured: '', token: 'appsk_a.us', loginUrl: current },
      { baseUrl: 'https://api.us.svix.com', from: 'token' },
    ],
    ...['eu', 'us', 'ca', 'au', 'in'].map((region): [string, SvixServerHints, SvixServer] => [
      `the one of the token: ${region}`,
      { token: `appsk_a.${region}` },
      { baseUrl: `https://api.${region}.svix.com`, from: 'token' },
    ]),
    [
      'the one of the token, whatever follows',
      { token: 'appsk_a.us.more' },
      { baseUrl: 'https://api.us.svix.com', from: 'token' },
    ],
    [
      'the one of the login link, when the token has no region',
      { token: 'appsk_a', loginUrl: current },
      { baseUrl: 'https://api.in.svix.com', from: 'login-link' },
    ],
    [
      'the one of the login link, when the region of the token is unknown',
      { token: 'appsk_a.mars', loginUrl: second },
      { baseUrl: 'https://api.us.svix.com', from: 'login-link' },
    ],
    ['Europe, when the login link names none', { token: 'appsk_a', loginUrl: first }, byDefault],
    ['Europe, when nothing is known', {}, byDefault],
    [
      'Europe, when the token is one of the open server',
      { token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhcHAifQ.c2ln' },
      byDefault,
    ],
  ])('is %s', (_, hints, expected) => {
    expect(chooseSvixServer(hints)).toEqual(expected);
  });

  it.each([
    'evil.example/',
    'eu.svix.com.evil.example/?',
    'eu@evil.example/',
    'constructor',
    '__proto__',
    'EU',
    '',
    5,
    null,
    ['us'],
  ])('is never made of a text that came over the wire: %j', (region) => {
    const serverUrl = 'https://evil.example';
    for (const hints of [
      { loginUrl: login({ appId: 'acme', region, serverUrl }) },
      { token: `appsk_a.${String(region)}` },
    ]) {
      expect(['https://api.eu.svix.com', 'https://api.us.svix.com']).toContain(chooseSvixServer(hints).baseUrl);
      expect(chooseSvixServer(hints).baseUrl).not.toContain('evil');
    }
  });

  it.each(['svix.example', 'ftp://svix.example', 'https://user:password@svix.example', ' '])(
    'cannot be configured as %j',
    (configured) => {
      expect(() => chooseSvixServer({ configured })).toThrow(InvalidArgumentError);
    },
  );
});

describe('the application that a login link is for', () => {
  it.each([
    ['the first form', first],
    ['the second', second],
    ['the current one', current],
    ['one that is encoded once more', login({ appId: 'acme', x: '>>>???' }, encodeURIComponent)],
    [
      'one in the letters of URLs',
      login({ appId: 'acme', x: '>>>???' }, (text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    ],
    ['one with more after it', `${current}&page=endpoints`],
    ['one with a query before it', current.replace('#', '?next=%2F#')],
  ])('is read from %s', (_, url) => {
    expect(appIdOfLoginUrl(url)).toBe('acme');
  });

  it.each([
    ['an empty text', ''],
    ['a link without a key', 'https://app.svix.com/login'],
    ['a key that is cut', truncated],
    ['a key that is no base64', 'https://app.svix.com/login#key=%%%'],
    ['a key that is no JSON', `https://app.svix.com/login#key=${Buffer.from('acme').toString('base64')}`],
    ['a key that is no object', login(['acme'])],
    ['a key without an application', login({ region: 'us' })],
    ['an application that is no text', login({ appId: 7 })],
    ['an application that could be a path', login({ appId: '../other' })],
  ])('is unknown with %s', (_, url) => {
    expect(appIdOfLoginUrl(url)).toBeUndefined();
    expect(chooseSvixServer({ loginUrl: url }).baseUrl).toMatch(/^https:\/\/api\.(eu|us)\.svix\.com$/);
  });
});
