import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { parse } from 'yaml';
import { download } from './download.ts';
import type { Facts } from './fact-nodes.ts';
import { extractFacts } from './facts.ts';
import { Bundler } from './foreign/bundler.ts';
import { readAtRevision } from './git-revision.ts';
import { asObject, isObject } from './json.ts';
import { CannotTellError, parseSource, shownUrl } from './upstream-source.ts';

/** The structure of somebody else's document as it is now. */
export type Upstream =
  { readonly type: 'facts'; readonly facts: Facts; readonly etag: string | undefined } | { readonly type: 'unchanged' };

export interface UpstreamOptions {
  /** Files and the Git repository are looked for here. */
  readonly folder: string;
  readonly etag?: string | undefined;
  readonly timeoutMs: number;
}

const maxBytes = 32 * 1024 * 1024;

/** Reads a document from where it is. Throws CannotTellError when that fails or what comes is no whole document. */
export async function readUpstream(text: string, options: UpstreamOptions): Promise<Upstream> {
  const source = parseSource(text);
  switch (source.type) {
    case 'url': {
      const answer = await download(source.url, { ...options, maxBytes });
      if (answer.type === 'unchanged') return answer;
      return { type: 'facts', facts: factsOfText(answer.text, shownUrl(source.url)), etag: answer.etag };
    }
    case 'git': {
      const { revision, path } = source;
      if (path === undefined) throw new CannotTellError(`${text}: say which file: git:REVISION:PATH`);
      const root = resolve(options.folder);
      // Paths count from the top of the repository, wherever in it the folder is.
      const read = (file: string) => readAtRevision(revision, relative(root, file).replaceAll(sep, '/'), root);
      return {
        type: 'facts',
        facts: await factsOfFile(resolve(root, path), `git:${revision}:${path}`, read),
        etag: undefined,
      };
    }
    case 'file': {
      const file = [resolve(source.path), resolve(options.folder, source.path)].find(existsSync);
      if (file === undefined) throw new CannotTellError(`${source.path}: there is no such file`);
      return { type: 'facts', facts: await factsOfFile(file, source.path), etag: undefined };
    }
    default:
      throw new Error(`unknown source ${JSON.stringify(source satisfies never)}`);
  }
}

/** The structure of a document in one file, or with others that it refers to; `name` is what messages call it. */
export async function factsOfFile(
  file: string,
  name: string,
  read: (file: string) => string = (other) => readFileSync(other, 'utf8'),
): Promise<Facts> {
  const text = read(file);
  if (!refersToFiles.test(text)) return factsOfText(text, name);
  try {
    const bundler = await Bundler.read(file, read);
    const [unresolved] = await bundler.bundle();
    if (unresolved) throw new Error(unresolved.message);
    return factsOf(bundler.root);
  } catch (error) {
    throw cannotTell(name, error);
  }
}

/** The structure of a document given as text; `name` is what messages call it. */
export function factsOfText(text: string, name: string): Facts {
  if (text.trim() === '') throw new CannotTellError(`${name}: the document is empty`);
  if (text.trimStart().startsWith('<')) throw new CannotTellError(`${name}: this is a page, not a document`);
  try {
    return factsOf(parseText(text));
  } catch (error) {
    const hint = '; it refers to other files: put all of them into a folder and give the file there with --upstream';
    throw cannotTell(name, error, refersToFiles.test(text) ? hint : '');
  }
}

const refersToFiles = /["']?\$ref["']?\s*:\s*["']?[^\s"'#]/;

function cannotTell(name: string, error: unknown, hint = ''): CannotTellError {
  const reason = error instanceof Error ? error.message : String(error);
  return new CannotTellError(`${name}: ${reason}${hint}`, { cause: error });
}

function factsOf(root: unknown): Facts {
  if (!isObject(root)) throw new Error('not a mapping');
  const facts = extractFacts(root);
  // A page of an error or half a document may well be YAML.
  if (facts.size === 0) throw new Error('there is no operation in it');
  if (!isObject(asObject(root)['info'])) throw new Error('`info` is missing');
  return facts;
}

// The parser of YAML takes fifty times as long.
function parseText(text: string): unknown {
  return text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text, { logLevel: 'error' });
}
