import type { GenerateConfig, SpecEntry } from './config.ts';
import { readDocument, type ParsedDocument } from './document.ts';
import { clientNames, emitClient } from './emit/client.ts';
import { emitEnums } from './emit/enums.ts';
import { emitForeignOperations, emitOperations, emitOperationType } from './emit/operations.ts';
import { typeNames } from './emit/type-names.ts';
import { emitForeignTypes, emitTypes } from './emit/types.ts';
import { emitWire } from './emit/wire.ts';
import { fingerprint } from './fingerprint.ts';
import { readForeign, type ForeignDocument } from './foreign/foreign-document.ts';
import { normalDocument } from './foreign/normal/normal-document.ts';
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
  const specs = await readValidSpecs(config.specs);
  const files = new Map<string, string>([['operation.ts', emitOperationType()]]);
  for (const spec of specs) {
    const made = spec.rules === 'strict' ? ownFiles(spec) : foreignFiles(spec);
    for (const [file, text] of await made) files.set(`${spec.name}/${file}`, text);
  }
  files.set(manifestFile, formatManifest(files, fingerprint()));
  return files;
}

/** Every file that something is made from, as far as the documents can be read; changes of any of them matter. */
export async function sourceFiles({ specs }: GenerateConfig): Promise<readonly string[]> {
  const files = await Promise.all(
    specs.map(async (spec) => {
      if (spec.rules === 'strict') return [spec.file];
      const read = await readForeign(spec).catch(() => undefined);
      return read?.files ?? [spec.file, ...spec.overlays];
    }),
  );
  return files.flat();
}

type Files = Promise<readonly (readonly [file: string, text: string])[]>;

async function ownFiles({ label, document }: OwnSpec): Files {
  return [
    ['enums.ts', emitEnums(label, document.root)],
    ['operations.ts', emitOperations(label, document.root)],
    ['types.ts', await emitTypes(label, document.text)],
  ];
}

async function foreignFiles({ name, label, document }: ForeignSpec): Files {
  const root = normalDocument(document.root);
  const names = typeNames(root, Object.values(clientNames(name)));
  return [
    ['enums.ts', emitEnums(label, root, names)],
    ['index.ts', emitClient(label, name, root, names)],
    ['operations.ts', emitForeignOperations(label, root)],
    ['types.ts', await emitForeignTypes(label, root, names)],
    ['wire.ts', emitWire(label, root)],
  ];
}

type OwnSpec = SpecEntry & { readonly rules: 'strict'; readonly document: ParsedDocument };
type ForeignSpec = SpecEntry & { readonly rules: 'foreign'; readonly document: ForeignDocument };

async function readValidSpecs(specs: readonly SpecEntry[]): Promise<readonly (OwnSpec | ForeignSpec)[]> {
  const problems: Problem[] = [];
  const loaded: (OwnSpec | ForeignSpec)[] = [];
  for (const spec of specs) {
    try {
      if (spec.rules === 'foreign') {
        loaded.push({ ...spec, rules: spec.rules, document: await readForeign(spec) });
      } else {
        const document = readDocument(spec.file);
        problems.push(...checkHouseRules(document));
        loaded.push({ ...spec, rules: spec.rules, document });
      }
    } catch (error) {
      if (!(error instanceof InvalidSpecError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new InvalidSpecError(problems);
  return loaded;
}
