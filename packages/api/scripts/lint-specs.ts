import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultConfigFile, readConfig } from './lib/config.ts';
import { readDocument } from './lib/document.ts';
import { checkHouseRules } from './lib/house-rules.ts';
import { formatProblem, InvalidSpecError, type Problem } from './lib/problem.ts';
import { lintWithRedocly } from './lib/redocly.ts';

const { values: options } = parseArgs({ options: { config: { type: 'string', default: defaultConfigFile } } });

const files = readConfig(options.config).specs.map(({ file }) => file);
const house = files.flatMap(houseProblems);
for (const problem of house) console.log(formatProblem(problem));

// The configuration lies beside the documents, where editors look for it.
const folders = [...new Set(files.map((file) => dirname(file)))];
let count = house.length;
for (const folder of folders) {
  const inFolder = files.filter((file) => dirname(file) === folder);
  count += await lintWithRedocly(inFolder, join(folder, 'redocly.yaml'));
}

const names = files.map((file) => relative(process.cwd(), file)).join(', ');
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
