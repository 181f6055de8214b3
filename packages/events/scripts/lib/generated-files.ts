import { format, resolveConfig } from 'prettier';
import { readCatalogue } from './catalogue.ts';
import { emitTable } from './emit-table.ts';
import { emitEventTypes, emitPayloads } from './emit-types.ts';

/** Where the files go; relative to the root of the repository. */
const generated = 'packages/events/src/generated';

/**
 * Text of every generated file by its path from the root of the repository; equal catalogues give equal bytes. Throws
 * InvalidCatalogueError. `source` is the path of the catalogue from there, `prettierFile` any file whose settings
 * count.
 */
export async function generateFiles(
  catalogue: string,
  source: string,
  prettierFile: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = readCatalogue(catalogue, source);
  const settings = await resolveConfig(prettierFile);
  const files = [
    [`${generated}/event-types.ts`, emitEventTypes(source, rows)],
    [`${generated}/payloads.ts`, emitPayloads(source, rows)],
    ['docs/events.md', emitTable(source, rows)],
  ] as const;
  const formatted = files.map(async ([path, text]): Promise<[string, string]> => [
    path,
    await format(text, { ...settings, filepath: path }),
  ]);
  return new Map(await Promise.all(formatted));
}
