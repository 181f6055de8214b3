import type { ReleaseLevel } from './severity.ts';

/** What a changeset is made from: the parts of `specs:check --json` that it needs. */
export interface ChangesetInput {
  readonly level: ReleaseLevel;
  /** Names of the documents that moved. */
  readonly specs: readonly string[];
  /** The package that is generated from them. */
  readonly package: string;
}

/** Stands in a changeset that nobody has looked at; a person takes the line out when the breaking change is dealt with. */
export const unreviewedMark = 'UNREVIEWED: adapt what uses it, say what changes for others, then remove this line.';

/** The text of the changeset; undefined where no release is needed. */
export function changesetText({ level, specs, package: name }: ChangesetInput): string | undefined {
  if (level === 'none') return undefined;
  const what = `The documents of others have changed: ${specs.join(', ')}.`;
  const mark = level === 'major' ? `\n${unreviewedMark}\n` : '';
  return `---\n'${name}': ${level}\n---\n\n${what}\n${mark}`;
}
