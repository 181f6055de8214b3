import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));

/** A file of a package that is installed here. */
export const installed = (name: string, file: string): string => join(modules, name, file);

export const installedVersions = (names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, versionOf(name)]));

const versionOf = (name: string): string =>
  z.object({ version: z.string() }).parse(JSON.parse(readFileSync(installed(name, 'package.json'), 'utf8'))).version;
