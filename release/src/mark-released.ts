import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { publishedPackages } from './published-packages.ts';
import { markReleased } from './released.ts';

const { values: options } = parseArgs({
  options: { root: { type: 'string', default: fileURLToPath(new URL('../../', import.meta.url)) } },
});

for (const one of publishedPackages(options.root)) {
  if (markReleased(one)) console.log(`The public types of ${one.name} ${one.version} are those of its reports.`);
}
