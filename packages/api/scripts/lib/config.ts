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
}

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
    .array(z.strictObject({ name: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/), file: z.string().min(1) }))
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
      .map((spec) => ({ name: spec.name, file: resolve(folder, spec.file), label: labelOf(spec.file) }))
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
