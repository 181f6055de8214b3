/** Where a document of somebody else comes from. */
export type UpstreamSource =
  | { readonly type: 'url'; readonly url: URL }
  | { readonly type: 'git'; readonly revision: string; readonly path: string | undefined }
  | { readonly type: 'file'; readonly path: string };

/** Nothing can be said about a document: it did not come, or not whole, or is none. Never the same as "no change". */
export class CannotTellError extends Error {
  override readonly name = 'CannotTellError' as const;
}

/** `https://…`, `git:REVISION:PATH`, `git:REVISION` or a file. */
export function parseSource(text: string): UpstreamSource {
  if (/^https?:\/\//i.test(text)) return { type: 'url', url: parseUrl(text) };
  if (!text.startsWith('git:')) return { type: 'file', path: text };
  const [revision = '', ...path] = text.slice('git:'.length).split(':');
  // What begins with a dash would be an option of git.
  if (!/^[^-\s]/.test(revision)) throw new CannotTellError(`${text}: say git:REVISION:PATH or git:REVISION`);
  return { type: 'git', revision, path: path.length === 0 ? undefined : path.join(':') };
}

/** An address as messages may show it: without what may be secret in it. */
export function shownUrl({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

/** A source as messages and reports may show it. */
export function shownSource(text: string): string {
  const url = /^https?:/i.test(text) ? URL.parse(text) : null;
  return url === null ? text : shownUrl(url);
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null) throw new CannotTellError('the address of the source is not valid');
  if (url.username !== '' || url.password !== '') {
    throw new CannotTellError(`${shownUrl(url)}: leave the credentials out; only public documents are read`);
  }
  return url;
}
