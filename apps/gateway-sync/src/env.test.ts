import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { ConfigError } from './core/errors.js';
import { Secret } from './core/secret.js';
import { readEnv } from './env.js';

test('an empty environment gives the defaults', () => {
  expect(readEnv({ PORT: '', HOME: '/root' })).toEqual({
    config: './gateway-sync.yaml',
    port: 8080,
    host: '127.0.0.1',
    drainMs: 0,
    logLevel: 'info',
    protectReads: false,
    database: { type: 'bundled' },
    dataDir: '.data',
    revision: 'unknown',
    color: { never: false, always: false },
    raw: { PORT: '', HOME: '/root' },
  });
});

test('every variable is taken over', () => {
  const env = readEnv({
    GATEWAY_SYNC_CONFIG: '/etc/g.yaml',
    PORT: '0',
    HOST: '0.0.0.0',
    LOG_LEVEL: 'debug',
    GATEWAY_SYNC_DRAIN_SECONDS: '15',
    GATEWAY_SYNC_API_TOKEN: 'a-token-of-length',
    GATEWAY_SYNC_API_PROTECT_READS: 'true',
    GATEWAY_SYNC_DATA_DIR: '/var/lib/gateway-sync',
    GATEWAY_SYNC_FINGERPRINT_KEY: 'a-fingerprint-key',
  });
  expect(env).toMatchObject({
    config: '/etc/g.yaml',
    port: 0,
    host: '0.0.0.0',
    drainMs: 15_000,
    logLevel: 'debug',
    protectReads: true,
  });
  expect(env.dataDir).toBe('/var/lib/gateway-sync');
  expect(env.fingerprintKey?.reveal()).toBe('a-fingerprint-key');
  expect(env.apiToken?.reveal()).toBe('a-token-of-length');
});

test.each([
  [{}, '127.0.0.1'],
  [{ GATEWAY_SYNC_API_TOKEN: 'a-token-of-length' }, '::'],
  [{ GATEWAY_SYNC_API_TOKEN: 'a-token-of-length', HOST: '127.0.0.1' }, '127.0.0.1'],
  [{ HOST: '0.0.0.0' }, '0.0.0.0'],
])('%j makes the service listen on %s: without a token only this machine is let in', (raw, host) => {
  expect(readEnv(raw).host).toBe(host);
});

const problemsOf = (raw: Parameters<typeof readEnv>[0]): readonly (readonly [string, string])[] => {
  try {
    readEnv(raw);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ place, message }) => [place, message]);
  }
};

const EMPTY = 'is empty, as if its secret were missing; give it the token, or unset it to do without one';

test.each([
  [
    { GATEWAY_SYNC_API_PROTECT_READS: 'true' },
    'GATEWAY_SYNC_API_PROTECT_READS',
    'needs a token to protect them with: set GATEWAY_SYNC_API_TOKEN',
  ],
  [
    { GATEWAY_SYNC_API_PROTECT_READS: 'yes', GATEWAY_SYNC_API_TOKEN: 'a-token-of-length' },
    'GATEWAY_SYNC_API_PROTECT_READS',
    'must be true or false',
  ],
  [{ GATEWAY_SYNC_API_TOKEN: '' }, 'GATEWAY_SYNC_API_TOKEN', EMPTY],
  [{ GATEWAY_SYNC_API_PROTECT_READS: 'true', GATEWAY_SYNC_API_TOKEN: '' }, 'GATEWAY_SYNC_API_TOKEN', EMPTY],
])('%j is a mistake of %s: it %s', (raw, name, message) => {
  expect(problemsOf(raw)).toEqual([[name, message]]);
});

test.each(['-1', '1.5', '301', 'soon'])('a drain of %j seconds is none', (seconds) => {
  const message = 'must be a whole number of seconds, 0 to 300';
  expect(problemsOf({ GATEWAY_SYNC_DRAIN_SECONDS: seconds })).toEqual([['GATEWAY_SYNC_DRAIN_SECONDS', message]]);
});

test.each(['a token with blanks', 'täken-of-sixteen-characters', 'line-break-in-a\ntoken'])(
  'the token %j could not be sent',
  (token) => {
    expect(() => readEnv({ GATEWAY_SYNC_API_TOKEN: token })).toThrow(ConfigError);
  },
);

test('every problem is told at once, without a value', () => {
  const wrong = {
    PORT: '70000',
    HOST: 'a b',
    LOG_LEVEL: 'loud',
    GATEWAY_SYNC_API_TOKEN: 'short-token',
    DATABASE_URL: 'mysql://root:hunter2@db/shop',
    GATEWAY_SYNC_FINGERPRINT_KEY: 'short-key',
  };
  let thrown: unknown;
  try {
    readEnv(wrong);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({
    name: 'ConfigError',
    problems: Object.keys(wrong).map((place) => ({ place, message: expect.stringMatching(/^must (be|have) /) })),
  });
  expect(inspect(thrown)).not.toMatch(/70000|loud|short-token|hunter2|short-key/);
});

test.each([
  [{ NO_COLOR: '1' }, { never: true, always: false }],
  [{ FORCE_COLOR: '1' }, { never: false, always: true }],
  [{ FORCE_COLOR: '0' }, { never: true, always: false }],
  [{ TERM: 'dumb' }, { never: true, always: false }],
  [
    { NO_COLOR: '1', FORCE_COLOR: '1' },
    { never: true, always: true },
  ],
])('%j means %j', (raw, color) => {
  expect(readEnv(raw).color).toEqual(color);
});

test.each([
  'postgres://db',
  'postgresql://user:pass@db:5432/ledger?sslmode=verify-full',
  'postgresql://user:p%40ss%2Fw@[::1]/ledger',
  'postgresql://user:pass@localhost/ledger?host=%2Frun%2Fpostgresql',
])('%s is an address of a database, and a secret', (url) => {
  const { database } = readEnv({ DATABASE_URL: url });
  expect(database).toEqual({ type: 'url', url: new Secret('') });
  expect(database.type === 'url' && database.url.reveal()).toBe(url);
  expect(inspect(database)).not.toContain('postgres');
});

test.each([
  'none at all',
  'db.example:5432',
  'https://db.example/ledger',
  'postgresql://user:pa ss@db/ledger',
  'postgresql://user:12#3@db/ledger',
  'postgresql://user:12/3@db/ledger',
  'postgresql://user:12?3@db/ledger',
])('%s is none', (url) => {
  expect(() => readEnv({ DATABASE_URL: url })).toThrow('environment: 1 problem');
});

test('DATABASE_URL=none does without a database', () => {
  expect(readEnv({ DATABASE_URL: 'none' }).database).toEqual({ type: 'none' });
});
