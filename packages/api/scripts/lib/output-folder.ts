import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { compareText } from './json.ts';

/** What a write changed; paths below the folder. */
export interface WriteResult {
  readonly written: readonly string[];
  readonly deleted: readonly string[];
}

/**
 * Makes the folder hold exactly these files. Each file appears whole or not at all, files that are right already are left
 * alone (a watcher sees only real changes), and everything else in the folder is deleted.
 */
export function writeOutput(folder: string, files: ReadonlyMap<string, string>): WriteResult {
  const present = readOutput(folder);
  const written = [...files].filter(([file, text]) => present.get(file) !== text);
  const staged = written.map(([file, text]) => {
    const target = join(folder, file);
    const temporary = `${target}.${process.pid}.tmp`;
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(temporary, text);
    return { temporary, target };
  });
  for (const { temporary, target } of staged) renameSync(temporary, target);
  const deleted = [...present.keys()].filter((file) => !files.has(file));
  for (const file of deleted) deleteWithEmptyFolders(folder, file);
  return { written: written.map(([file]) => file), deleted };
}

/** Every file below the folder; empty when there is no folder. */
export function readOutput(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ file, path: relative(folder, file).split(sep).join('/') }));
  return new Map(
    files.toSorted((a, b) => compareText(a.path, b.path)).map(({ file, path }) => [path, readFileSync(file, 'utf8')]),
  );
}

function deleteWithEmptyFolders(folder: string, file: string): void {
  rmSync(join(folder, file));
  let parent = dirname(join(folder, file));
  while (parent !== folder && readdirSync(parent).length === 0) {
    rmdirSync(parent);
    parent = dirname(parent);
  }
}
