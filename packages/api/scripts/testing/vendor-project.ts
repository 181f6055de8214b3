import { copyFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readConfig, type SpecEntry } from '../lib/config.ts';
import { temporaryProject } from './temporary-project.ts';

export interface VendorProject {
  readonly folder: string;
  readonly config: string;
  readonly output: string;
  readonly entry: SpecEntry;
}

/** A folder with documents of a vendor; the one to start with is `specs/vendor.yaml`. Gone when the test is over. */
export function vendorProject(
  files: Readonly<Record<string, string>>,
  overlays: readonly string[] = [],
): VendorProject {
  const { folder, write, output } = temporaryProject();
  const config = write(
    'generate.config.json',
    JSON.stringify({
      output: 'generated',
      specs: [{ name: 'vendor', file: 'specs/vendor.yaml', rules: 'foreign', overlays }],
    }),
  );
  for (const [file, text] of Object.entries(files)) write(`specs/${file}`, text);
  const rules = fileURLToPath(new URL('../../../../specs/redocly.foreign.yaml', import.meta.url));
  copyFileSync(rules, `${folder}/specs/redocly.foreign.yaml`);
  const [entry] = readConfig(config).specs;
  if (entry === undefined) throw new Error('the configuration has an entry');
  return { folder, config, output, entry };
}
