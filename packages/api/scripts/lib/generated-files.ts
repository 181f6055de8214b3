import type { GenerateConfig, SpecEntry } from './config.ts';
import { readDocument, type ParsedDocument } from './document.ts';
import { emitEnums } from './emit/enums.ts';
import { emitOperations, emitOperationType } from './emit/operations.ts';
import { emitTypes } from './emit/types.ts';
import { fingerprint } from './fingerprint.ts';
import { checkHouseRules } from './house-rules.ts';
import { formatManifest, manifestFile } from './manifest.ts';
import { InvalidSpecError, type Problem } from './problem.ts';

/** Text by path below the output folder, with forward slashes. */
export type GeneratedFiles = ReadonlyMap<string, string>;

/**
 * Everything that belongs in the output folder, made in memory; equal documents and an equal generator give equal bytes.
 * Throws InvalidSpecError with the faults of all documents.
 */
export async function generateFiles(config: GenerateConfig): Promise<GeneratedFiles> {
  const specs = readValidSpecs(config.specs);
  const files = new Map<string, string>([['operation.ts', emitOperationType()]]);
  for (const { name, label, document } of specs) {
    files.set(`${name}/enums.ts`, emitEnums(label, document.root));
    files.set(`${name}/operations.ts`, emitOperations(label, document.root));
    files.set(`${name}/types.ts`, await emitTypes(label, document.text));
  }
  files.set(manifestFile, formatManifest(files, fingerprint()));
  return files;
}

type LoadedSpec = SpecEntry & { readonly document: ParsedDocument };

function readValidSpecs(specs: readonly SpecEntry[]): readonly LoadedSpec[] {
  const problems: Problem[] = [];
  const loaded: LoadedSpec[] = [];
  for (const spec of specs) {
    try {
      const document = readDocument(spec.file);
      problems.push(...checkHouseRules(document));
      loaded.push({ ...spec, document });
    } catch (error) {
      if (!(error instanceof InvalidSpecError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new InvalidSpecError(problems);
  return loaded;
}
