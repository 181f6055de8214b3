import { inspect } from 'node:util';
import { expect } from 'vitest';

/** Part of every secret that the tests hand out. */
export const CANARY = /canary/i;

/** Everything that a log or a careless `console.log` may make of a value. */
export function printed(value: unknown): string {
  const texts = [String(value), JSON.stringify(value) ?? '', inspect(value, { depth: Infinity, showHidden: true })];
  for (let error = value; error instanceof Error; error = error.cause) texts.push(error.message, error.stack ?? '');
  return texts.join('\n');
}

export function expectNothingSecret(value: unknown): void {
  expect(printed(value)).not.toMatch(CANARY);
}
