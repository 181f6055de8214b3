import { bodyFormOf, type BodyForm } from '../../../../src/document-api/media-type.ts';
import { asObject, isObject, type JsonObject } from '../../json.ts';

const preference: readonly BodyForm[] = ['json', 'form', 'multipart', 'text', 'bytes'];

/**
 * A body, request or response, with the one media type that a client writes or reads: JSON where there is a choice. Types
 * then promise only what is sent and understood; nobody parses XML, so it is text, and files are `Blob`s.
 */
export function withOneMediaType(body: JsonObject): JsonObject {
  const { content, links: _links, headers, ...rest } = body;
  const kept = {
    ...rest,
    ...(isObject(headers) && { headers: mapped(headers, withoutExamples) }),
  };
  const types = Object.entries(asObject(content)).filter(([name]) => !name.startsWith('x-'));
  const chosen = types.toSorted(([a], [b]) => rank(a) - rank(b))[0];
  if (chosen === undefined) return kept;
  const [name, media] = chosen;
  return { ...kept, content: { [name]: typed(bodyFormOf(name), asObject(media)) } };
}

/** A parameter, a header or a media type without the examples, which refer to what is left out. */
export function withoutExamples(part: unknown): unknown {
  if (!isObject(part)) return part;
  const { example: _example, examples: _examples, content, ...rest } = part;
  return { ...rest, ...(isObject(content) && { content: mapped(content, withoutExamples) }) };
}

export function mapped(object: unknown, change: (value: unknown) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(asObject(object)).map(([name, value]) => [name, change(value)]));
}

function rank(mediaType: string): number {
  return preference.indexOf(bodyFormOf(mediaType));
}

function typed(form: BodyForm, media: JsonObject): JsonObject {
  switch (form) {
    case 'text':
      return { schema: { type: 'string' } };
    case 'bytes':
      return { schema: { type: 'string', format: 'binary' } };
    case 'json':
    case 'form':
    case 'multipart':
      return asObject(withoutExamples(media));
    default:
      return form satisfies never;
  }
}
