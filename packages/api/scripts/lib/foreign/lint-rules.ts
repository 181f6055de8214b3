import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const foreignRulesFile = 'redocly.foreign.yaml';

/** The nearest rules for somebody else's documents: beside the document or in a folder above it. */
export function findForeignRules(file: string): string {
  let folder = dirname(file);
  for (;;) {
    const candidate = join(folder, foreignRulesFile);
    if (existsSync(candidate)) return candidate;
    const above = dirname(folder);
    if (above === folder) throw new Error(`${file}: there is no ${foreignRulesFile} beside it or above`);
    folder = above;
  }
}
