import { expect, test } from 'vitest';
import { readSettings } from './env.js';

test('has defaults for everything', () => {
  expect(readSettings([], {})).toEqual({
    help: false,
    port: 4010,
    host: '127.0.0.1',
    seed: undefined,
    autoCreateTenants: true,
  });
});

test('reads the environment, and flags before it', () => {
  const env = { PORT: '5000', HOST: '0.0.0.0', EMULATOR_SEED: 'a', EMULATOR_STRICT: 'true' };
  expect(readSettings([], env)).toEqual({
    help: false,
    port: 5000,
    host: '0.0.0.0',
    seed: 'a',
    autoCreateTenants: false,
  });
  expect(readSettings(['--port', '0', '--host', '::1', '--seed', 'b'], env)).toMatchObject({
    port: 0,
    host: '::1',
    seed: 'b',
  });
  expect(readSettings(['--strict', '-h'], {})).toMatchObject({ help: true, autoCreateTenants: false });
});

test.for([
  [['--port', 'x'], 'port: must be a number'],
  [['--port', '70000'], 'port: must be at most 65535'],
  [['--nope'], "Unknown option '--nope'"],
] as const)('names what is wrong with %o', ([args, message]) => {
  expect(() => readSettings(args, {})).toThrow(message);
});
