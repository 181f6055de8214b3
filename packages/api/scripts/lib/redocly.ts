import { formatProblems, getTotals, lint, loadConfig } from '@redocly/openapi-core';

/**
 * Lints documents with the rules of a Redocly configuration and prints each problem with the lines around it.
 * Returns the number of problems; warnings count like errors.
 */
export async function lintWithRedocly(files: readonly string[], configFile: string): Promise<number> {
  const config = await loadConfig({ configPath: configFile });
  const problems = await Promise.all(files.map((ref) => lint({ ref, config })));
  const all = problems.flat();
  const totals = getTotals(all);
  formatProblems(all, { totals, format: 'codeframe', command: 'lint', maxProblems: all.length });
  return totals.errors + totals.warnings;
}
