import { InvalidArgumentError } from './errors/invalid-argument-error.js';

/** `setTimeout` fires at once when it is given more. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Refuses what would leave its place in the path: URLs lose `.` and `..`, and servers may decode `%2F`. */
export function checkPathParameter(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '')
    throw new InvalidArgumentError(`${name} must be a text that is not empty`);
  if (value === '.' || value === '..') throw new InvalidArgumentError(`${name} must not be "." or ".."`);
  if (/[/\\\p{Cc}]/u.test(value)) {
    throw new InvalidArgumentError(`${name} must not contain a slash, a backslash or a control character`);
  }
  return value;
}

/** Accepts what a timer can wait for. */
export function checkTimeout(name: string, value: number): number {
  if (value > 0 && value <= MAX_TIMEOUT_MS) return value;
  throw new InvalidArgumentError(`${name} must be above 0 and at most ${MAX_TIMEOUT_MS} milliseconds`);
}

/** A whole number from 1 on. */
export function checkCount(name: string, value: number): number {
  if (Number.isInteger(value) && value >= 1) return value;
  throw new InvalidArgumentError(`${name} must be a whole number from 1 on`);
}

/** An absolute http(s) URL that carries no credentials, since URLs end up in logs. */
export function checkUrl(name: string, value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new InvalidArgumentError(`${name} must be an http or https URL without credentials`);
  }
  return url;
}
