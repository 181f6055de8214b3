import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { readEnv } from './env.js';

test('an empty environment gives the defaults', () => {
  expect(readEnv({ PORT: '', HOME: '/root' })).toEqual({
    config: './gateway-sync.yaml',
    port: 8080,
    host: '127.0.0.1',
    logLevel: 'info',
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
    GATEWAY_SYNC_API_TOKEN: 'a-token-of-length',
  });
  expect(env).toMatchObject({ config: '/etc/g.yaml', port: 0, host: '0.0.0.0', logLevel: 'debug' });
  expect(env.apiToken?.reveal()).toBe('a-token-of-length');
});

test('every problem is told at once, without a value', () => {
  const wrong = { PORT: '70000', HOST: 'a b', LOG_LEVEL: 'loud', GATEWAY_SYNC_API_TOKEN: 'short-token' };
  let thrown: unknown;
  try {
    readEnv(wrong);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({
    name: 'ConfigError',
    problems: [{ place: 'PORT' }, { place: 'HOST' }, { place: 'LOG_LEVEL' }, { place: 'GATEWAY_SYNC_API_TOKEN' }],
  });
  expect(inspect(thrown)).not.toMatch(/70000|loud|short-token/);
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
