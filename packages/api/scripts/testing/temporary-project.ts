import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { smallSpec } from './small-spec.ts';

export interface TemporaryProject {
  readonly folder: string;
  readonly config: string;
  readonly spec: string;
  readonly output: string;
  readonly write: (file: string, text: string) => string;
}

/** A folder with a configuration, one document and our Redocly rules; gone when the test is over. */
export function temporaryProject(spec: string = smallSpec()): TemporaryProject {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-sync-api-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write = (file: string, text: string) => {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  const config = write(
    'generate.config.json',
    JSON.stringify({ output: 'generated', specs: [{ name: 'orders', file: 'specs/orders.yaml' }] }),
  );
  const specFile = write('specs/orders.yaml', spec);
  copyFileSync(
    fileURLToPath(new URL('../../../../specs/redocly.yaml', import.meta.url)),
    join(folder, 'specs/redocly.yaml'),
  );
  return { folder, config, spec: specFile, output: join(folder, 'generated'), write };
}
