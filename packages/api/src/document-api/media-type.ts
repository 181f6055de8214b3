/** How a body is written and read, which its media type decides. */
export type BodyForm = 'json' | 'form' | 'multipart' | 'text' | 'bytes';

/** Also used by the generator, so it imports nothing. */
export function bodyFormOf(mediaType: string): BodyForm {
  const name = (mediaType.split(';')[0] ?? '').trim().toLowerCase();
  if (name === '*/*' || name === 'application/*' || /^[^/]+\/(?:.+\+)?json$/.test(name)) return 'json';
  if (name === 'application/x-www-form-urlencoded') return 'form';
  if (name.startsWith('multipart/')) return 'multipart';
  if (/^text\/|[/+]xml$|[/+]yaml$|ndjson$|jsonl$|^application\/(?:javascript|graphql|sql)$/.test(name)) return 'text';
  return 'bytes';
}
