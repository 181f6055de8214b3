import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { problemsOfReports } from './check-reports.ts';
import { publishedPackages } from './published-packages.ts';
import { writeReports } from './write-reports.ts';

const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    root: { type: 'string', default: fileURLToPath(new URL('../../', import.meta.url)) },
  },
});

if (options.check) {
  const problems = await problemsOfReports(options.root);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log('The reports of the public types are up to date.');
} else {
  const changes = publishedPackages(options.root).flatMap((one) => writeReports(one, options.root));
  for (const change of changes) console.log(change);
  if (changes.length === 0) console.log('The reports of the public types are up to date.');
}
