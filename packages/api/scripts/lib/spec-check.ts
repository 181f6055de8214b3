import { classify, type Finding } from './classify.ts';
import { compareFacts } from './comparison.ts';
import type { Deviation } from './deviations.ts';
import { diffFacts } from './diff.ts';
import type { Facts } from './fact-nodes.ts';
import { withSameNames } from './renamed-parameters.ts';
import { releaseLevel, worst, type ReleaseLevel, type Severity } from './severity.ts';
import { CannotTellError } from './upstream-source.ts';

/** What is known of one document. */
export type SpecCheck =
  | {
      readonly type: 'compared';
      readonly spec: string;
      readonly source: string;
      /** Whose document moved: that of others, or our own since a revision. */
      readonly subject: 'upstream' | 'ours';
      /** From the structure that was accepted last, or that of the revision, to the one of now. */
      readonly moved: readonly Finding[];
      /** From ours to theirs, without what the deviations explain. */
      readonly disagreements: readonly Finding[];
      readonly explained: number;
      /** Deviations that explain nothing any more. */
      readonly idle: readonly IdlePattern[];
    }
  | { readonly type: 'unknown'; readonly spec: string; readonly source: string | undefined; readonly problem: string };

export interface IdlePattern {
  readonly deviation: string;
  readonly pattern: string;
  readonly place: string;
}

export interface CheckInput {
  readonly spec: string;
  readonly source: string;
  readonly ours: Facts;
  readonly committed: Facts;
  readonly upstream: Facts;
  /** Of this spec alone. */
  readonly deviations: readonly Deviation[];
}

/** Compares what a document is with what it was and with ours. */
export function checkSpec(input: CheckInput): Extract<SpecCheck, { type: 'compared' }> {
  const { spec, source } = input;
  const [before, after] = withSameNames(input.committed, input.upstream);
  requireCommonOperation(spec, before, after);
  const [ours, theirs] = withSameNames(input.ours, input.upstream);
  const { differences, idle } = compareFacts(ours, theirs, input.deviations);
  return {
    type: 'compared',
    spec,
    source,
    subject: 'upstream',
    moved: diffFacts(before, after).map((difference) => classify(difference, before, after)),
    disagreements: differences
      .filter(({ deviation }) => deviation === undefined)
      .map(({ difference }) => classify(difference, ours, theirs)),
    explained: differences.filter(({ deviation }) => deviation !== undefined).length,
    idle: idle.map(({ deviation, pattern }) => ({ deviation: deviation.id, pattern, place: deviation.place })),
  };
}

/** What became of a document of ours since a revision; it is not compared with anything of others. */
export function checkOurs(
  spec: string,
  source: string,
  then: Facts,
  ours: Facts,
): Extract<SpecCheck, { type: 'compared' }> {
  const [before, after] = withSameNames(then, ours);
  const moved = diffFacts(before, after).map((difference) => classify(difference, before, after));
  return { type: 'compared', spec, source, subject: 'ours', moved, disagreements: [], explained: 0, idle: [] };
}

/** The worst of everything that a person has to look at; an idle deviation is risky, because its reason is gone. */
export function severityOf(checks: readonly SpecCheck[]): Severity | undefined {
  return worst(
    checks.flatMap((check): readonly Severity[] => {
      if (check.type === 'unknown') return [];
      const found = [...check.moved, ...check.disagreements].map(({ severity }) => severity);
      return check.idle.length > 0 ? [...found, 'risky'] : found;
    }),
  );
}

/** The release that what moved asks for; that we disagree asks for none. */
export function levelOf(checks: readonly SpecCheck[]): ReleaseLevel {
  return releaseLevel(
    worst(checks.flatMap((check) => (check.type === 'unknown' ? [] : check.moved)).map(({ severity }) => severity)),
  );
}

function requireCommonOperation(spec: string, committed: Facts, upstream: Facts): void {
  for (const { parent, location } of upstream.values()) {
    if (parent === undefined && committed.has(location)) return;
  }
  throw new CannotTellError(
    `not one operation of ${spec} is in the document; if it is the right one, take ${spec} out of lock.json and record it anew`,
  );
}
