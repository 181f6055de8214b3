import { describe, expect, it } from 'vitest';

import { readProblem, type Problem } from './problem.js';

const plain = (text: string): string => text;
const redact = (text: string): string => text.replaceAll('hunter2', '*');
const unknown: Problem = { message: 'no reason given', details: [] };

describe('the problem in the body of an error', () => {
  it.each<[string, unknown, Problem]>([
    [
      'the service',
      { code: 400, status: 'Bad Request', message: 'Not valid.', details: ['a', 7, 'b'] },
      { message: 'Not valid.', code: 'Bad Request', details: ['a', 'b'] },
    ],
    ['the service, terse', { code: 409, status: 'CONFLICT' }, { message: 'CONFLICT', code: 'CONFLICT', details: [] }],
    ['another service', { errorCode: 'E1', message: 'No.' }, { message: 'No.', code: 'E1', details: [] }],
    [
      'the gateway',
      { fault: { faultstring: 'Expired', detail: { errorcode: 'k.x' } } },
      { message: 'Expired', code: 'k.x', details: [] },
    ],
    ['the gateway, terse', { fault: {} }, unknown],
    [
      'the OAuth proxy',
      { ErrorCode: 'invalid_client', Error: 'Wrong.' },
      { message: 'Wrong.', code: 'invalid_client', details: [] },
    ],
    [
      'an OAuth server',
      { error: 'invalid_scope', error_description: 'What?' },
      { message: 'What?', code: 'invalid_scope', details: [] },
    ],
    ['a proxy', '<html><h1>502</h1>\n<p>Bad\tgateway</p></html>', { message: '502 Bad gateway', details: [] }],
    ['nobody', undefined, unknown],
    ['nobody, with an empty text', '', unknown],
    ['something strange', [1, 2], unknown],
    ['something stranger', { fault: 'x', details: 'y', message: 5 }, unknown],
  ])('is read from what %s sends', (_, body, expected) => {
    expect(readProblem(body, plain)).toEqual(expected);
  });

  it('is short', () => {
    const { message, details } = readProblem({ message: 'x'.repeat(5_000), details: Array(50).fill('y') }, plain);
    expect([message.length, details.length]).toEqual([201, 20]);
  });

  it('is redacted before it is cut, so that no half of a secret stays', () => {
    expect(readProblem({ message: `${'x'.repeat(195)}hunter2` }, redact).message).toBe(`${'x'.repeat(195)}*`);
  });
});
