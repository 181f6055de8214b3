import {
  BaseResolver,
  createConfig,
  lintDocument,
  Source,
  type Config,
  type NormalizedProblem,
} from '@redocly/openapi-core';
import type { SpecEntry } from '../config.ts';
import { operations } from '../document-parts.ts';
import { readDocument, type ParsedDocument, type Position } from '../document.ts';
import { retryClasses } from '../emit/retry-classes.ts';
import type { Finding } from '../finding.ts';
import { refPath, type JsonObject, type JsonPath } from '../json.ts';
import { InvalidSpecError, type Problem } from '../problem.ts';
import { Bundler } from './bundler.ts';
import type { Origins } from './origins.ts';
import { applyOverlay } from './overlay.ts';
import { withNullableSpelledOut } from './spelled-nullable.ts';
import { remedyFor } from './unresolved.ts';

/** Somebody else's document, one piece: the files that it refers to are in it, and overlays have mended it. */
export interface ForeignDocument {
  readonly file: string;
  readonly root: JsonObject;
  /** Absolute paths of all files that it was made from. */
  readonly files: readonly string[];
  readonly origins: Origins;
}

/**
 * Reads, puts together and mends. Throws InvalidSpecError when something cannot be read, a reference leads nowhere, an
 * overlay does not fit, or the result is no OpenAPI document.
 */
export async function readForeign({ file, overlays }: SpecEntry): Promise<ForeignDocument> {
  const bundler = await readOrFault(file);
  const document = { file, root: bundler.root, files: bundler.files, origins: bundler.origins };
  const bundle = async (root: JsonObject) => {
    const unresolved = await bundleOrFault(bundler, root, file);
    Object.assign(document, { root: bundler.root, files: [...bundler.files, ...overlays] });
    return unresolved;
  };
  let unresolved = await bundle(document.root);
  for (const overlay of overlays) {
    const parsed = readDocument(overlay);
    const faults = applyOverlay(document, { file: overlay, root: parsed.root }, document.origins);
    if (faults.length > 0) throw new InvalidSpecError(faults.map((fault) => atHome(fault, parsed)));
  }
  // An overlay may refer to files of its own, and may have taken away a reference that leads nowhere.
  if (overlays.length > 0) unresolved = await bundle(document.root);
  if (unresolved.length > 0) throw new InvalidSpecError(placed(unresolved, document));
  const config = await createConfig({ rules: requirements });
  const malformed = await findProblems(document, config);
  const problems = [...malformed, ...unknownRetries(document)];
  if (problems.length > 0) throw new InvalidSpecError(problems);
  return document;
}

/** Every problem that the rules of a Redocly configuration find; warnings count like errors. */
export async function lintForeign(document: ForeignDocument, config: Config): Promise<readonly Problem[]> {
  const root = withNullableSpelledOut(document.root, document.origins);
  return await findProblems({ ...document, root }, config);
}

async function findProblems(document: ForeignDocument, config: Config): Promise<readonly Problem[]> {
  const { file, root } = document;
  const problems = await lintDocument({
    document: { source: new Source(file, ''), parsed: root },
    config,
    externalRefResolver: new BaseResolver(),
  });
  return placed(
    problems.filter(({ ignored }) => ignored !== true),
    document,
  );
}

/** Where an operation says itself, or an overlay says of it, what may be repeated, it must be a word that we know. */
function unknownRetries({ file, root, origins }: ForeignDocument): readonly Problem[] {
  const places = new Places();
  return operations(root).flatMap(({ at, value }) => {
    const found = value['x-retry'];
    if (found === undefined || retryClasses.some((known) => known === found)) return [];
    const origin = origins.find(root, [...at, 'x-retry']) ?? { file, at };
    const message = `x-retry must be one of ${retryClasses.join(', ')}; it is ${JSON.stringify(found)}`;
    return [{ file: origin.file, ...places.locate(origin.file, origin.at), rule: 'retry-class', message }];
  });
}

async function readOrFault(file: string): Promise<Bundler> {
  try {
    return await Bundler.read(file);
  } catch {
    const document = readDocument(file);
    const { openapi, swagger } = document.root;
    const found = openapi ?? swagger;
    const version = found === undefined ? 'it names no version' : `it says ${JSON.stringify(found)}`;
    const message = `OpenAPI 3.0 or 3.1 is needed, and ${version}; an older document has to be converted first`;
    const place = document.locate([openapi === undefined ? 'swagger' : 'openapi']);
    throw new InvalidSpecError([{ file, ...place, rule: 'openapi-version', message }]);
  }
}

async function bundleOrFault(bundler: Bundler, root: JsonObject, file: string): Promise<readonly NormalizedProblem[]> {
  try {
    return await bundler.bundle(root);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `cannot be put together from its files: ${reason}`;
    throw new InvalidSpecError([{ file, line: 1, column: 1, rule: 'bundler', message }]);
  }
}

// What is broken in one of these ways makes a client that cannot work.
const requirements = {
  struct: 'error',
  'no-unresolved-refs': 'error',
  'operation-parameters-unique': 'error',
  'path-declaration-must-exist': 'error',
  'path-not-include-query': 'error',
  'path-parameters-defined': 'error',
} as const;

function placed(
  problems: readonly NormalizedProblem[],
  { file, root, origins }: Pick<ForeignDocument, 'file' | 'root' | 'origins'>,
): readonly Problem[] {
  const places = new Places();
  return problems
    .map(({ ruleId, message, location: [location], suggest }): Problem => {
      const at = refPath(location?.pointer ?? '#/') ?? [];
      const source = location?.source.absoluteRef ?? file;
      const origin = source === file ? origins.find(root, at) : undefined;
      const where = origin ?? { file: source, at };
      // Allowed values of an enum come as suggestions, null among them.
      const words = suggest.filter((word) => word);
      const hint = words.length > 0 ? `; did you mean ${words.join(', ')}?` : '';
      const text = `${message.replaceAll(/\s*\n\s*/g, ' ').replace(/\.$/, '')}${hint}; ${remedyFor(message)}`;
      return { file: where.file, ...places.locate(where.file, where.at), rule: ruleId, message: text };
    })
    .toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column));
}

function atHome({ at, rule, message }: Finding, document: ParsedDocument): Problem {
  return { file: document.file, ...document.locate(at), rule, message };
}

/** Finds lines and columns; reads a file only when somebody asks for one in it, which for a big file takes long. */
class Places {
  readonly #documents = new Map<string, ParsedDocument | undefined>();

  locate(file: string, at: JsonPath): Position {
    if (!this.#documents.has(file)) this.#documents.set(file, readable(file));
    return this.#documents.get(file)?.locate(at) ?? { line: 1, column: 1 };
  }
}

function readable(file: string): ParsedDocument | undefined {
  try {
    return readDocument(file);
  } catch (error) {
    // It is named in a problem already.
    if (error instanceof InvalidSpecError) return undefined;
    throw error;
  }
}
