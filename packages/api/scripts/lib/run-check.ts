import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { readCommittedFacts, writeCommittedFacts, type Lock } from './committed-facts.ts';
import { closestSpec } from './comparison.ts';
import type { SpecEntry } from './config.ts';
import { readDeviations } from './deviations.ts';
import type { FactNode, Facts } from './fact-nodes.ts';
import { isAtRevision } from './git-revision.ts';
import { checkOurs, checkSpec, type SpecCheck } from './spec-check.ts';
import { CannotTellError, parseSource, shownSource } from './upstream-source.ts';
import { factsOfFile, readUpstream, type Upstream } from './upstream.ts';

export interface CheckOptions {
  readonly spec: string | undefined;
  /** Where the document is to be read from; the one in the lock when undefined. */
  readonly upstream: string | undefined;
  /** Where it is published, for one that is read from a copy. */
  readonly source: string | undefined;
  readonly repository: string | undefined;
  readonly accept: boolean;
  readonly timeoutMs: number;
}

export interface Workspace {
  readonly specs: readonly SpecEntry[];
  readonly root: string;
  /** The folder of the committed facts. */
  readonly folder: string;
  readonly lock: Lock;
}

/** Checks the documents that the options ask for. One that cannot be told of does not keep others from being checked. */
export async function runCheck(workspace: Workspace, options: CheckOptions): Promise<readonly SpecCheck[]> {
  const revision = ownRevision(options.upstream);
  if (options.spec !== undefined || (options.upstream !== undefined && revision === undefined)) {
    return [await attempt(workspace, options.spec, options)];
  }
  const specs = revision === undefined ? Object.keys(workspace.lock) : workspace.specs.map(({ name }) => name);
  const checks: SpecCheck[] = [];
  for (const spec of specs) checks.push(await attempt(workspace, spec, options));
  if (checks.length === 0)
    throw new CannotTellError(`${workspace.folder} lists nothing; record a document with --accept`);
  return checks;
}

/** The revision of `git:REVISION`, which stands for documents of our own. */
function ownRevision(upstream: string | undefined): string | undefined {
  if (upstream === undefined) return undefined;
  const source = parseSource(upstream);
  return source.type === 'git' && source.path === undefined ? source.revision : undefined;
}

async function attempt(workspace: Workspace, spec: string | undefined, options: CheckOptions): Promise<SpecCheck> {
  const source = options.upstream ?? (spec === undefined ? undefined : workspace.lock[spec]?.source);
  try {
    if (source === undefined) throw new CannotTellError('its source is not known; give it with --upstream');
    return await check(workspace, spec, source, options);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { type: 'unknown', spec: spec ?? 'unknown', source: source && shownSource(source), problem };
  }
}

async function check(
  workspace: Workspace,
  wanted: string | undefined,
  source: string,
  options: CheckOptions,
): Promise<SpecCheck> {
  const { specs, root, folder, lock } = workspace;
  const names = specs.map(({ name }) => name).join(', ');
  const asked = specs.find(({ name }) => name === wanted);
  if (wanted !== undefined && asked === undefined) throw new CannotTellError(`there is no spec ${wanted}: ${names}`);
  const revision = ownRevision(source);
  if (revision !== undefined && asked !== undefined) return await checkSince(revision, asked, workspace, options);
  const known = wanted === undefined ? undefined : lock[wanted];
  const upstream = await readUpstream(source, {
    folder: options.repository ?? root,
    // Another address has other names for its documents.
    etag: known?.source === source ? known.etag : undefined,
    timeoutMs: options.timeoutMs,
  });
  const spec = asked ?? (await nearest(specs, upstream));
  if (spec === undefined) {
    throw new CannotTellError(`no document of ours shares an operation with it; name one with --spec: ${names}`);
  }
  const deviations = readDeviations(join(dirname(spec.file), 'deviations.yaml'));
  const committed = committedFacts(workspace, spec.name, upstream, options);
  const now = upstream.type === 'unchanged' ? committed : upstream.facts;
  const result = checkSpec({
    spec: spec.name,
    source: shownSource(source),
    ours: await ourFacts(spec),
    committed,
    upstream: now,
    deviations: deviations.filter((deviation) => deviation.spec === spec.name),
  });
  if (options.accept && upstream.type === 'facts') {
    const remembered = sourceToRemember(source, lock[spec.name]?.source, workspace, options);
    writeCommittedFacts(folder, spec.name, now, {
      source: remembered,
      etag: remembered === source ? upstream.etag : undefined,
    });
  }
  return result;
}

async function checkSince(
  revision: string,
  spec: SpecEntry,
  { root }: Workspace,
  { repository, accept, timeoutMs }: CheckOptions,
): Promise<SpecCheck> {
  if (accept) throw new CannotTellError('git:REVISION is about our own document: there is nothing to --accept');
  const folder = repository ?? root;
  const source = `git:${revision}:${spec.label}`;
  // A document that was not there yet has gained everything.
  const then = isAtRevision(revision, spec.label, folder)
    ? await readUpstream(source, { folder, timeoutMs })
    : undefined;
  const facts = then?.type === 'facts' ? then.facts : new Map<string, FactNode>();
  return checkOurs(spec.name, source, facts, await ourFacts(spec));
}

// What is recorded for the first time, or anew, has not moved.
function committedFacts({ folder, lock }: Workspace, spec: string, upstream: Upstream, options: CheckOptions): Facts {
  const known = lock[spec];
  const isRecorded = options.accept && upstream.type === 'facts';
  if (known === undefined) {
    if (isRecorded) return upstream.facts;
    throw new CannotTellError(`nothing is recorded of ${spec} that it could be compared with; record it with --accept`);
  }
  try {
    const now = upstream.type === 'facts' ? upstream.facts : undefined;
    return readCommittedFacts(folder, spec, known, now);
  } catch (error) {
    if (isRecorded && error instanceof CannotTellError) return upstream.facts;
    throw error;
  }
}

async function nearest(specs: readonly SpecEntry[], upstream: Upstream): Promise<SpecEntry | undefined> {
  if (upstream.type === 'unchanged') return undefined;
  const facts = await Promise.all(specs.map(async (spec) => [spec.name, await ourFacts(spec)] as const));
  const name = closestSpec(new Map(facts), upstream.facts);
  return specs.find((spec) => spec.name === name);
}

/** Of somebody else's document as it stands, without the overlays that mend it for the generator. */
function ourFacts({ file, label }: SpecEntry): Promise<Facts> {
  return factsOfFile(file, label);
}

// A file that only this machine has is no source for anybody else.
function sourceToRemember(
  source: string,
  known: string | undefined,
  { root }: Workspace,
  { source: published, repository }: CheckOptions,
): string {
  if (published !== undefined) return published;
  const { type } = parseSource(source);
  if (type === 'url' || (type === 'git' && repository === undefined)) return source;
  if (known !== undefined) return known;
  const path = relative(root, source);
  if (type === 'file' && !path.startsWith('..') && !isAbsolute(path)) return path.replaceAll(sep, '/');
  throw new CannotTellError(`${source} is not there for others; say with --source where it is published`);
}
