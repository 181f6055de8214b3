import { bodyFormOf, type BodyForm } from '../../../../src/document-api/media-type.ts';
import { asObject, isObject, type JsonObject } from '../../json.ts';

const preference: readonly BodyForm[] = ['json', 'form', 'multipart', 'text', 'bytes'];

/**
 * A body, request or response, with the one media type that a client writes or reads: JSON where there is a choice. Types
 * then promise only what is sent and understood; nobody parses XML, so it is text, and files are `Blob`s.
 */
export function withOneMediaType(body: JsonObject): JsonObject {
  const types = Object.entries(asObject(body['content'])).filter(([name]) => !name.startsWith('x-'));
  const chosen = types.toSorted(([a], [b]) => rank(a) - rank(b))[0];
  if (chosen === undefined) {
    const { content: _, ...rest } = body;
    return rest;
  }
  const [name, media] = chosen;
  return { ...body, content: { [name]: typed(bodyFormOf(name), isObject(media) ? media : {}) } };
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
      return media;
    default:
      return form satisfies never;
  }
}
