import { expect, test } from 'vitest';
import { Secret } from './core/secret.js';
import { createLogger } from './logger.js';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(createLogger('info', { write: (line) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line));
}

test('a line is JSON with time, level, tenant and reconcile id', () => {
  expect(
    logged((logger) => logger.child({ tenant: 'acme', reconcileId: 'r1' }).info({ planned: 3 }, 'changed')),
  ).toEqual([
    {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      service: 'gateway-sync',
      tenant: 'acme',
      reconcileId: 'r1',
      planned: 3,
      msg: 'changed',
    },
  ]);
});

test('lines below the level are not written', () => {
  expect(logged((logger) => logger.debug('quiet'))).toEqual([]);
});

test('no secret gets into a line', () => {
  const lines = logged((logger) => {
    logger.info({ credentials: new Secret('hunter2'), clientSecret: 'hunter2' });
    logger.info({ headers: { authorization: 'Bearer hunter2' }, a: { b: { token: 'hunter2' } } });
  });
  expect(JSON.stringify(lines)).not.toContain('hunter2');
  expect(lines).toHaveLength(2);
});
