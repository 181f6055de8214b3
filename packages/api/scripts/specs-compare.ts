import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, styleText } from 'node:util';
import { formatComparison, type Paint } from './lib/comparison-report.ts';
import { closestSpec, compareFacts, type Comparison } from './lib/comparison.ts';
import { defaultConfigFile, readConfig, type SpecEntry } from './lib/config.ts';
import { readDeviations } from './lib/deviations.ts';
import { readDocument } from './lib/document.ts';
import type { Facts } from './lib/fact-nodes.ts';
import { extractFacts } from './lib/facts.ts';
import { withSameNames } from './lib/renamed-parameters.ts';

const usage = `Usage: pnpm specs:compare <file> [--spec <name>] [--verbose] [--json]

Compares the structure of one of our documents with another OpenAPI 3 document (YAML or JSON).
Exit code 0: every difference is explained by a deviation; 1: not so; 2: a document cannot be read.`;

try {
  process.exitCode = main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

/** Returns the exit code. */
function main(): number {
  const { values: options, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      config: { type: 'string', default: defaultConfigFile },
      spec: { type: 'string' },
      json: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (options.help) {
    console.log(usage);
    return 0;
  }
  const [given, ...surplus] = positionals;
  if (given === undefined || surplus.length > 0) throw new Error(usage);
  const file = findFile(given);
  const theirs = factsOf(file);
  const own = readConfig(options.config).specs.filter(({ rules }) => rules === 'strict');
  const { spec, ours } = ourFacts(own, theirs, options.spec);
  const deviations = readDeviations(join(dirname(spec.file), 'deviations.yaml'));
  const comparison = compareFacts(
    ...withSameNames(ours, theirs),
    deviations.filter((deviation) => deviation.spec === spec.name),
  );
  console.log(options.json ? toJson(spec.name, given, comparison) : toText(spec, given, comparison, options.verbose));
  const isExplained = comparison.differences.every(({ deviation }) => deviation !== undefined);
  return isExplained && comparison.idle.length === 0 ? 0 : 1;
}

// pnpm runs this in packages/api; people name files as seen from the workspace root.
function findFile(file: string): string {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const candidates = [resolve(file), resolve(root, file)];
  return candidates.find((candidate) => existsSync(candidate)) ?? resolve(root, file);
}

function factsOf(file: string): Facts {
  const { root } = readDocument(file);
  try {
    return extractFacts(root);
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function ourFacts(
  specs: readonly SpecEntry[],
  theirs: Facts,
  wanted: string | undefined,
): { spec: SpecEntry; ours: Facts } {
  const all = new Map(specs.map(({ name, file }) => [name, factsOf(file)]));
  const name = wanted ?? closestSpec(all, theirs);
  const spec = specs.find((entry) => entry.name === name);
  const ours = spec && all.get(spec.name);
  if (spec === undefined || ours === undefined) {
    const names = specs.map((entry) => entry.name).join(', ');
    throw new Error(
      wanted === undefined
        ? `No document of ours shares a path; name one with --spec: ${names}`
        : `There is no spec ${wanted}: ${names}`,
    );
  }
  return { spec, ours };
}

function toText(spec: SpecEntry, file: string, comparison: Comparison, verbose: boolean): string {
  return `${spec.label} (ours) and ${file} (theirs)\n\n${formatComparison(comparison, { verbose, paint })}`;
}

// styleText asks the stream and NO_COLOR whether colours are wanted.
function paint(colour: Parameters<Paint>[0], text: string): string {
  return styleText(colour, text, { stream: process.stdout });
}

function toJson(spec: string, document: string, { differences, idle }: Comparison): string {
  const report = {
    spec,
    document,
    unexplained: differences.filter(({ deviation }) => deviation === undefined).length,
    differences: differences.map(({ direction, operation, text, deviation }) => ({
      direction,
      operation,
      text,
      deviation: deviation ?? null,
    })),
    idle: idle.map(({ deviation, pattern }) => ({ deviation: deviation.id, pattern })),
  };
  return JSON.stringify(report, undefined, 2);
}
