import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript-5';

export interface Imported {
  readonly file: string;
  readonly name: string;
}

/** What the built code and its declarations import, in `import`, `export … from`, `import()` and `import type`. */
export function importsOf(folder: string): readonly Imported[] {
  return filesOf(folder)
    .filter((file) => file.startsWith('dist/') && /\.(js|d\.ts)$/.test(file))
    .flatMap((file) => {
      const found = ts.preProcessFile(readFileSync(join(folder, file), 'utf8'), true, true);
      return [...found.importedFiles, ...found.referencedFiles, ...found.typeReferenceDirectives].map(
        ({ fileName: name }) => ({ file, name }),
      );
    });
}

export const isRelative = ({ name }: Imported): boolean => /^\.{1,2}\//.test(name);

/** The file of the package that a relative import leads to. */
export const targetOf = ({ file, name }: Imported): string =>
  join(dirname(file), file.endsWith('.d.ts') ? name.replace(/\.js$/, '.d.ts') : name);

/** Every file of a package, sorted. */
export const filesOf = (folder: string): readonly string[] =>
  globSync('**/*', { cwd: folder, exclude: ['node_modules/**'], withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
