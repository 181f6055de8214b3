import { z } from 'zod';
import { ConfigError, type ConfigProblem } from '../../core/errors.js';
import type { LockedGlobs, Locks } from '../../core/lock.js';
import { compareText, sortedSet } from '../../core/order.js';
import { eventKey } from '../../core/state.js';
import { parseSource, pathText, type Source } from './document.js';
import { describeIssues } from './zod-problems.js';

/** The lock file as it is written. Tenants whose globs mean the same share a block: a new event type is one line then. */
const lockSchema = z.strictObject({
  version: z.literal(1),
  blocks: z.array(
    z.strictObject({
      tenants: z.array(z.string()).min(1),
      globs: z.record(z.string(), z.array(z.string())),
    }),
  ),
});
type WrittenLock = z.infer<typeof lockSchema>;

type WrittenBlock = WrittenLock['blocks'][number];

/** The same text for the same locks, one name on a line, so that a review shows what came and went. */
export function lockText(locks: Locks): string {
  const blocks = new Map<string, WrittenBlock>();
  const known = new Map<LockedGlobs, WrittenBlock>();
  const blockOf = (locked: LockedGlobs): WrittenBlock => {
    const globs = Object.fromEntries(sortedSet(locked.keys()).map((glob) => [glob, sortedSet(locked.get(glob) ?? [])]));
    const key = JSON.stringify(globs);
    const block = blocks.get(key) ?? { tenants: [], globs };
    blocks.set(key, block);
    known.set(locked, block);
    return block;
  };
  for (const [tenant, locked] of [...locks].toSorted(([a], [b]) => compareText(a, b))) {
    (known.get(locked) ?? blockOf(locked)).tenants.push(tenant);
  }
  return `${JSON.stringify({ version: 1, blocks: [...blocks.values()] } satisfies WrittenLock, null, 2)}\n`;
}

/** Reads the text of a lock file. Throws a {@link ConfigError} that lists every problem. */
export function parseLock(text: string, path: string): Locks {
  const value = jsonOf(text, path);
  const parsed = lockSchema.safeParse(value);
  if (!parsed.success) throw new ConfigError(path, problemsOf(parsed.error, value, sourceOf(text, path)));
  const locks = locksOf(parsed.data);
  // What we wrote ourselves needs no second look, which takes long in a large file.
  if (lockText(locks) !== text) refuseTwins(parsed.data, sourceOf(text, path), path);
  return locks;
}

function locksOf({ blocks }: WrittenLock): Locks {
  return new Map(
    blocks.flatMap(({ tenants, globs }) => {
      // The same for all of them, which may be thousands.
      const locked: LockedGlobs = new Map(
        Object.entries(globs).map(([glob, types]) => [eventKey(glob), sortedSet(types.map(eventKey))]),
      );
      return tenants.map((tenant) => [tenant, locked] as const);
    }),
  );
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const conflict = /^(<{7}|={7}|>{7})/m.exec(text);
    const [message, remedy] = conflict
      ? ['holds a conflict of a merge', `keep one side of it, then ${RELOCK}`]
      : ['is not JSON', `restore it, or delete it and ${RELOCK}`];
    const place = `${path}:${conflict ? positionAt(text, conflict.index) : positionIn(text, error)}`;
    throw new ConfigError(path, [{ place, path: '', message, remedy }]);
  }
}

function positionAt(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}

/** Of what the parser stumbled over, which it says in words alone; the end where it does not. */
function positionIn(text: string, error: unknown): string {
  const [, line, column] = /line (\d+) column (\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
  return line === undefined || column === undefined ? positionAt(text, text.length) : `${line}:${column}`;
}

const RELOCK = 'run gateway-sync lock';

function problemsOf(error: z.ZodError, value: unknown, source: Source): readonly ConfigProblem[] {
  const isOfAnother = error.issues.some(({ path: [key] }) => key === 'version');
  if (!isOfAnother) return describeIssues(error.issues, lockSchema, value, source);
  return [
    {
      place: source.place(['version']),
      path: 'version',
      message: 'must be 1: this gateway-sync knows no other lock file',
      remedy: `update gateway-sync, or delete the lock file and ${RELOCK}`,
    },
  ];
}

/** What stands twice was merged by hand: one of the two would be lost. */
function refuseTwins({ blocks }: WrittenLock, source: Source, path: string): void {
  const first = new Map<string, string>();
  const problems = blocks.flatMap(({ tenants }, block) =>
    tenants.flatMap((tenant, index): ConfigProblem[] => {
      const at = ['blocks', block, 'tenants', index];
      const place = source.place(at);
      const earlier = first.get(tenant);
      if (earlier === undefined) {
        first.set(tenant, place);
        return [];
      }
      const message = `tenant ${tenant} stands here a second time, first at ${earlier}`;
      return [{ place, path: pathText(at), message, remedy: `delete it in one of the two, then ${RELOCK}` }];
    }),
  );
  if (problems.length > 0) throw new ConfigError(path, problems);
}

/** Where things stand in a text that is JSON. A key that stands twice is a problem here. */
function sourceOf(text: string, path: string): Source {
  const source = parseSource(text, path);
  if (!('value' in source)) throw new ConfigError(path, source);
  return source;
}
