import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

const copied = [
  'CONTRIBUTING.md',
  'examples/add-a-spec',
  'package.json',
  'packages/api/generate.config.json',
  'packages/api/package.json',
  'packages/api/scripts',
  'packages/api/src',
  'packages/api/tsconfig.build.json',
  'packages/api/tsconfig.json',
  'specs',
  'tsconfig.base.json',
];

const configFile = 'packages/api/generate.config.json';
const configuration = z.looseObject({ specs: z.array(z.unknown()) });

export interface ProjectCopy {
  readonly folder: string;
  read(file: string): string;
  write(file: string, text: string): void;
  /** Adds an entry to the configuration of the generator. */
  addEntry(entry: unknown): void;
  /** Runs a command as people do in the folder; rejects with what it printed when it fails. */
  run(command: string): Promise<string>;
}

/** As much of this project as is needed to add a document to it, in a folder of its own; gone when the test is over. */
export function copyProject(): ProjectCopy {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-sync-copy-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const path of copied) cpSync(join(root, path), join(folder, path), { recursive: true, filter: isSource });
  symlinkSync(join(root, 'packages/api/node_modules'), join(folder, 'packages/api/node_modules'));
  mkdirSync(join(folder, 'node_modules/@gateway-sync'), { recursive: true });
  symlinkSync(join(folder, 'packages/api'), join(folder, 'node_modules/@gateway-sync/api'));
  symlinkSync(join(root, 'node_modules/@types'), join(folder, 'node_modules/@types'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  cpSync(fileURLToPath(new URL('pnpm.mjs', import.meta.url)), join(bin, 'pnpm'));
  writeFileSync(join(bin, 'package.json'), '{ "type": "module" }');
  chmodSync(join(bin, 'pnpm'), 0o755);
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  return {
    folder,
    read,
    write,
    addEntry(entry) {
      const { specs, ...config } = configuration.parse(JSON.parse(read(configFile)));
      write(configFile, JSON.stringify({ ...config, specs: [...specs, entry] }));
    },
    run: (command) => run(command, folder, [bin, dirname(process.execPath)]),
  };
}

function isSource(path: string): boolean {
  return !/\/(?:node_modules|dist)$|\.test\.ts$/.test(path);
}

async function run(command: string, cwd: string, path: readonly string[]): Promise<string> {
  // Nothing of the environment of the tests reaches the command but the way to the tools.
  const script = 'exec env -i NO_COLOR=1 PATH="$1:$PATH" sh -c "$2"';
  const child = spawn('sh', ['-c', script, 'sh', path.join(':'), command], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${command} ended with ${code}:\n${printed}`);
  return printed;
}
