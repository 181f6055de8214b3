import { z } from 'zod';
import { sha256, type Fingerprint } from './fingerprint.ts';
import { compareText } from './json.ts';

export const manifestFile = 'manifest.json';

/** What the generator left behind: the bytes of each file and what they were made with. */
export interface Manifest {
  readonly generator: Fingerprint;
  /** SHA-256 by path below the output folder. */
  readonly files: Readonly<Record<string, string>>;
}

const schema = z.object({
  generator: z.object({
    'openapi-typescript': z.string(),
    typescript: z.string(),
    options: z.string(),
    emitters: z.string(),
  }),
  files: z.record(z.string(), z.string()),
});

export function formatManifest(files: ReadonlyMap<string, string>, generator: Fingerprint): string {
  const sums = [...files].toSorted(([a], [b]) => compareText(a, b)).map(([file, text]) => [file, sha256(text)]);
  const manifest: Manifest = { generator, files: Object.fromEntries(sums) };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** Undefined when the text is no manifest: then nothing is known of how the files were made. */
export function parseManifest(text: string): Manifest | undefined {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
