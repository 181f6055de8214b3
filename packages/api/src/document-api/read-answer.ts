import { isRecord } from '../is-record.js';
import { formatError, jsonBody, type Reading } from '../reading.js';
import type { AnswerForm, OperationWire } from './operation-wire.js';

/** How the answer with a status is read: as the document says of the status, of its range or of all others. */
export function answerFormOf({ answers }: OperationWire, status: number): AnswerForm | undefined {
  return answers[status] ?? answers[`${Math.trunc(status / 100)}XX`] ?? answers['default'];
}

/** The form of any success, for a 2xx that is not documented: that of the first one that is. */
export function successFormOf(wire: OperationWire, status: number): AnswerForm {
  const first = Object.keys(wire.answers).find((key) => key.startsWith('2'));
  return answerFormOf(wire, status) ?? (first === undefined ? undefined : wire.answers[first]) ?? 'nothing';
}

/**
 * Only the outermost shape is looked at: more would make every harmless change of the service an error. Throws a
 * `ResponseFormatError`.
 */
export function readAs(form: AnswerForm, reading: Reading): unknown {
  const { body, headers } = reading.answer;
  switch (form) {
    case 'nothing':
      return undefined;
    case 'text':
      return body.text;
    case 'bytes':
      return new Blob([new Uint8Array(body.bytes)], { type: headers.get('content-type') ?? '' });
    case 'object':
    case 'array':
    case 'json':
      return shaped(form, reading);
    default:
      return form satisfies never;
  }
}

function shaped(form: 'object' | 'array' | 'json', reading: Reading): unknown {
  const json = jsonBody(reading);
  if (form === 'object' && !isRecord(json)) throw formatError(reading, 'a JSON object');
  if (form === 'array' && !Array.isArray(json)) throw formatError(reading, 'a JSON array');
  if (json === undefined) throw formatError(reading, 'JSON');
  return json;
}
