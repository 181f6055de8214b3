import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '@redocly/openapi-core';
import { defaultConfigFile, readConfig, type SpecEntry } from './lib/config.ts';
import { readDocument } from './lib/document.ts';
import { lintForeign, readForeign } from './lib/foreign/foreign-document.ts';
import { findForeignRules } from './lib/foreign/lint-rules.ts';
import { checkHouseRules } from './lib/house-rules.ts';
import { formatProblem, InvalidSpecError, type Problem } from './lib/problem.ts';
import { lintWithRedocly } from './lib/redocly.ts';

const { values: options } = parseArgs({ options: { config: { type: 'string', default: defaultConfigFile } } });

const { specs } = readConfig(options.config);
const files = specs.filter(({ rules }) => rules === 'strict').map(({ file }) => file);
const found = [...files.flatMap(houseProblems), ...(await foreignProblems(specs))];
for (const problem of found) console.log(formatProblem(problem));

// The configuration lies beside the documents, where editors look for it.
const folders = [...new Set(files.map((file) => dirname(file)))];
let count = found.length;
for (const folder of folders) {
  const inFolder = files.filter((file) => dirname(file) === folder);
  count += await lintWithRedocly(inFolder, join(folder, 'redocly.yaml'));
}

const names = specs.map(({ file }) => relative(process.cwd(), file)).join(', ');
console.log(`${names}: ${count === 0 ? 'no problems' : `${count} problem${count === 1 ? '' : 's'}`}`);
if (count > 0) process.exitCode = 1;

function houseProblems(file: string): readonly Problem[] {
  try {
    return checkHouseRules(readDocument(file));
  } catch (error) {
    if (error instanceof InvalidSpecError) return error.problems;
    throw error;
  }
}

async function foreignProblems(entries: readonly SpecEntry[]): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const entry of entries.filter(({ rules }) => rules === 'foreign')) {
    try {
      const config = await loadConfig({ configPath: findForeignRules(entry.file) });
      problems.push(...(await lintForeign(await readForeign(entry), config)));
    } catch (error) {
      if (!(error instanceof InvalidSpecError)) throw error;
      problems.push(...error.problems);
    }
  }
  return problems;
}
