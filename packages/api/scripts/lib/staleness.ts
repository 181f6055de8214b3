import { createTwoFilesPatch } from 'diff';
import { sha256 } from './fingerprint.ts';
import { manifestFile, parseManifest, type Manifest } from './manifest.ts';

/** One way in which the output folder is not what a run of the generator would leave. */
export interface Staleness {
  readonly file: string;
  readonly reason: string;
  /** Unified diff from what is there to what should be; empty when a diff says nothing. */
  readonly patch: string;
}

/** Compares what should be there with what is; empty when the folder is up to date. */
export function findStaleness(
  expected: ReadonlyMap<string, string>,
  present: ReadonlyMap<string, string>,
): readonly Staleness[] {
  const manifest = parseManifest(present.get(manifestFile) ?? '');
  const all = new Set([...expected.keys(), ...present.keys()]);
  return [...all].toSorted().flatMap((file) => {
    const [wanted, found] = [expected.get(file), present.get(file)];
    if (wanted === found) return [];
    if (file === manifestFile) return manifestStaleness(parseManifest(wanted ?? ''), manifest);
    if (wanted === undefined) return [{ file, reason: 'is not made by the generator any more', patch: '' }];
    if (found === undefined) return [{ file, reason: 'is missing', patch: '' }];
    const byHand = manifest !== undefined && manifest.files[file] !== sha256(found);
    const reason = byHand ? 'was edited by hand' : 'is older than its source';
    return [{ file, reason, patch: createTwoFilesPatch(`present/${file}`, `wanted/${file}`, found, wanted) }];
  });
}

// The sums of the files are not compared here: the files themselves are.
function manifestStaleness(wanted: Manifest | undefined, found: Manifest | undefined): readonly Staleness[] {
  if (found === undefined) return [{ file: manifestFile, reason: 'is missing or no manifest', patch: '' }];
  const changes = Object.entries(wanted?.generator ?? {}).flatMap(([part, value]) => {
    const before = Object.entries(found.generator).find(([name]) => name === part)?.[1];
    return before === value ? [] : [`${part} ${shorten(before)} -> ${shorten(value)}`];
  });
  const reason =
    changes.length > 0 ? `names another generator: ${changes.join(', ')}` : 'does not match the files it should list';
  return [{ file: manifestFile, reason, patch: '' }];
}

function shorten(value: string | undefined): string {
  return (value ?? 'unknown').slice(0, 12);
}
