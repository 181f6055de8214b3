import { readFileSync } from 'node:fs';
import { dirname, posix, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** One OpenAPI document and the name of the folder that is made from it. */
export interface SpecEntry {
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  /** The path as generated headers print it: seen from the workspace root. */
  readonly label: string;
  /** What the document is held to: our own rules, or what somebody else's can be asked for. */
  readonly rules: Rules;
  /** Absolute paths of overlays that mend the document, in the order in which they are applied. */
  readonly overlays: readonly string[];
}

export type Rules = 'strict' | 'foreign';

export interface GenerateConfig {
  /** Absolute path of the configuration itself. */
  readonly file: string;
  /** Absolute path of the folder that the generator owns. */
  readonly output: string;
  readonly specs: readonly SpecEntry[];
}

export const defaultConfigFile = fileURLToPath(new URL('../../generate.config.json', import.meta.url));

const schema = z.strictObject({
  output: z.string().min(1),
  specs: z
    .array(
      z
        .strictObject({
          name: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
          file: z.string().min(1),
          rules: z.enum(['strict', 'foreign']).default('strict'),
          overlays: z.array(z.string().min(1)).default([]),
        })
        .refine(
          ({ rules, overlays }) => rules === 'foreign' || overlays.length === 0,
          'overlays are for documents with "rules": "foreign"; change a document of our own itself',
        ),
    )
    .min(1)
    .refine((specs) => new Set(specs.map(({ name }) => name)).size === specs.length, 'names must differ'),
});

/** Reads the configuration; paths in it are relative to its folder. Throws an Error that names the file. */
export function readConfig(file: string = defaultConfigFile): GenerateConfig {
  const folder = dirname(resolve(file));
  const parsed = schema.safeParse(readJson(file));
  if (!parsed.success) throw new Error(`${file}:\n${z.prettifyError(parsed.error)}`);
  return {
    file: resolve(file),
    output: resolve(folder, parsed.data.output),
    specs: parsed.data.specs
      .map(({ name, file: path, rules, overlays }) => ({
        name,
        file: resolve(folder, path),
        label: labelOf(path),
        rules,
        overlays: overlays.map((overlay) => resolve(folder, overlay)),
      }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

// Generated files must not depend on where the workspace is checked out.
function labelOf(file: string): string {
  return posix.normalize(file).replace(/^(\.\.\/)+/, '');
}
