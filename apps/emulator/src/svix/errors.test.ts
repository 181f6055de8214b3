import { expect, test } from 'vitest';
import { toComplaint } from './errors.js';

test.for([
  ['body: is required', ['body'], 'is required'],
  ['url: must match "a: b"', ['body', 'url'], 'must match "a: b"'],
  ['eventTypes[2]: must be string', ['body', 'eventTypes', 2], 'must be string'],
  ['metadata.a: must be string', ['body', 'metadata', 'a'], 'must be string'],
  ['query.limit: must be <= 250', ['query', 'limit'], 'must be <= 250'],
  ['path.appId: must match pattern', ['path', 'appId'], 'must match pattern'],
] as const)('%s', ([problem, loc, msg]) => {
  expect(toComplaint(problem)).toEqual({ loc, msg });
});
