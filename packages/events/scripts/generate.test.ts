import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';

const script = fileURLToPath(new URL('generate.ts', import.meta.url));
const generated = 'packages/events/src/generated';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

/** A repository with a small catalogue, and nothing generated yet. */
async function makeRepository(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'events-'));
  folders.push(root);
  for (const folder of ['specs', 'docs', generated]) await mkdir(join(root, folder), { recursive: true });
  await writeCatalogue(root, { id: 'String' });
  return root;
}

async function writeCatalogue(root: string, schema: object): Promise<void> {
  await writeFile(join(root, 'specs/event-catalog.json'), JSON.stringify([{ type: 'a.b', group: 'A', schema }]));
}

interface Run {
  readonly code: number;
  readonly output: string;
}

function run(root: string, ...options: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, '--root', root, ...options], { cwd: root }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });
}

test('what is missing is written, and then is up to date', async () => {
  const root = await makeRepository();
  const paths = [`${generated}/event-types.ts`, `${generated}/payloads.ts`, 'docs/events.md'];
  expect(await run(root)).toEqual({ code: 0, output: paths.map((path) => `wrote ${path}\n`).join('') });
  expect(await run(root, '--check')).toEqual({ code: 0, output: 'Generated code is up to date.\n' });
  expect((await run(root)).output).toBe('Generated code is up to date.\n');
});

test('what is stale is named, and written anew', async () => {
  const root = await makeRepository();
  await run(root);
  await writeCatalogue(root, { id: 'Number' });
  await writeFile(join(root, generated, 'old.ts'), '');
  expect(await run(root, '--check')).toEqual({
    code: 1,
    output: [
      `${generated}/payloads.ts is not what the catalogue gives`,
      'docs/events.md is not what the catalogue gives',
      `${generated}/old.ts is not made by the generator`,
      'Generated code is stale. Run `pnpm generate` and commit the result.\n',
    ].join('\n'),
  });
  expect((await run(root)).output).toBe(
    `wrote ${generated}/payloads.ts\nwrote docs/events.md\ndeleted ${generated}/old.ts\n`,
  );
  expect((await readdir(join(root, generated))).toSorted()).toEqual(['event-types.ts', 'payloads.ts']);
});

test('a catalogue that is wrong changes nothing', async () => {
  const root = await makeRepository();
  await writeCatalogue(root, { c: 'Text' });
  expect(await run(root)).toEqual({
    code: 1,
    output: expect.stringMatching(/row 1 \(a\.b\): schema\.c: "Text" is none of .*\nNothing was generated/),
  });
  expect(await readdir(join(root, 'docs'))).toEqual([]);
});
