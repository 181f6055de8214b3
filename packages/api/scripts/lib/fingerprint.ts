import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { typesOptions } from './emit/types.ts';
import { canonicalJson } from './json.ts';

/** Everything but the documents that decides what is generated. Another fingerprint asks for another run. */
export interface Fingerprint {
  readonly 'openapi-typescript': string;
  readonly typescript: string;
  /** SHA-256 of the options given to openapi-typescript. */
  readonly options: string;
  /** SHA-256 of the source of our own emitters. */
  readonly emitters: string;
}

export function fingerprint(): Fingerprint {
  return {
    'openapi-typescript': versionOf('openapi-typescript'),
    typescript: versionOf('typescript'),
    options: sha256(canonicalJson(typesOptions)),
    emitters: sha256(emitterSources()),
  };
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const sourceFolders = ['./emit/', './foreign/', './foreign/normal/'];

function emitterSources(): string {
  return sourceFolders
    .map((path) => new URL(path, import.meta.url))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .toSorted()
        .map((file) => `${file}\n${readFileSync(new URL(file, folder), 'utf8').replaceAll('\r\n', '\n')}`),
    )
    .join('\n');
}

function versionOf(name: string): string {
  const file = createRequire(import.meta.url).resolve(`${name}/package.json`);
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}
