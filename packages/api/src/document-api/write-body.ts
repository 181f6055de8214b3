import { bodyFormOf } from './media-type.js';
import type { OperationWire } from './operation-wire.js';
import { textOf, writeFields } from './write-fields.js';

/** A body that can be sent any number of times. */
export interface WrittenBody {
  readonly content: string | Uint8Array;
  readonly contentType: string;
}

/** Writes a body in the form of its media type. */
export async function writeBody(body: unknown, mediaType: string, wire: OperationWire): Promise<WrittenBody> {
  const form = bodyFormOf(mediaType);
  switch (form) {
    case 'json':
      return { content: JSON.stringify(body), contentType: mediaType.includes('*') ? 'application/json' : mediaType };
    case 'form':
      return { content: writeFields(Object(body), wire.form), contentType: mediaType };
    case 'multipart':
      return writeMultipart(body);
    case 'text':
      return { content: String(body), contentType: mediaType };
    case 'bytes':
      return { content: await bytesOf(body), contentType: mediaType.includes('*') ? typeOf(body) : mediaType };
    default:
      return form satisfies never;
  }
}

async function writeMultipart(body: unknown): Promise<WrittenBody> {
  const written = new Response(body instanceof FormData ? body : formDataOf(Object(body)));
  return { content: await written.bytes(), contentType: written.headers.get('content-type') ?? '' };
}

function formDataOf(fields: object): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    for (const part of Array.isArray(value) ? value : [value]) append(data, name, part);
  }
  return data;
}

function append(data: FormData, name: string, part: unknown): void {
  if (part === undefined || part === null) return;
  if (part instanceof Blob) data.append(name, part);
  else if (typeof part === 'object') data.append(name, new Blob([textOf(part)], { type: 'application/json' }));
  else data.append(name, textOf(part));
}

async function bytesOf(body: unknown): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  if (body instanceof Blob) return body.bytes();
  throw new TypeError('the body must be a Blob');
}

function typeOf(body: unknown): string {
  return (body instanceof Blob && body.type) || 'application/octet-stream';
}
