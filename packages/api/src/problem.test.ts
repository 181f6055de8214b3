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
    [
      'Svix',
      { code: 'not_found', detail: 'Entity not found' },
      { message: 'Entity not found', code: 'not_found', details: [] },
    ],
    [
      'Svix about a body',
      {
        detail: [
          { loc: ['body', 'eventTypes', 0], msg: 'Unknown event types: a', type: 'value_error' },
          { loc: [], msg: 'Too long', type: 'value_error' },
          { msg: 'No place' },
          { loc: ['body'] },
          'nonsense',
        ],
      },
      {
        message: 'body.eventTypes.0: Unknown event types: a; Too long; No place',
        details: ['body.eventTypes.0: Unknown event types: a', 'Too long', 'No place'],
      },
    ],
    ['Svix, without a word', {}, unknown],
    ['Svix, without a finding', { detail: [] }, unknown],
    [
      'a service that sends problem documents',
      {
        type: 'about:blank',
        title: 'Unprocessable Content',
        status: 422,
        code: 'invalid-file',
        detail: 'The file has problems',
        remedy: 'Mend it.',
        problems: [
          { place: 'a.yaml:1:2', path: 'tenants[0]', message: 'is twice', remedy: 'take one out' },
          { place: 'a.yaml', path: '', message: 'is large' },
          { place: 'a.yaml' },
          'nonsense',
        ],
      },
      {
        message: 'The file has problems',
        code: 'invalid-file',
        details: ['a.yaml:1:2: tenants[0]: is twice (take one out)', 'a.yaml: is large'],
        remedy: 'Mend it.',
      },
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
    const findings = readProblem({ detail: Array.from({ length: 50 }, () => ({ msg: 'y'.repeat(5_000) })) }, plain);
    expect([findings.message.length, findings.details.length, findings.details[0]?.length]).toEqual([201, 20, 201]);
  });

  it('is redacted before it is cut, so that no half of a secret stays', () => {
    expect(readProblem({ message: `${'x'.repeat(195)}hunter2` }, redact).message).toBe(`${'x'.repeat(195)}*`);
    const finding = { loc: ['hunter2'], msg: `${'x'.repeat(190)}hunter2` };
    expect(readProblem({ detail: [finding] }, redact).details).toEqual([`*: ${'x'.repeat(190)}*`]);
  });
});
