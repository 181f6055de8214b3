import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { exists, save } from './save.js';

async function place(): Promise<{ folder: string; path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-sync-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return { folder, path: join(folder, 'out.yaml') };
}

test('a new file has the text, is its owner’s alone, and nothing else is left behind', async () => {
  const { folder, path } = await place();
  expect([await exists(path), await save(path, 'a', false), await exists(path)]).toEqual([false, true, true]);
  expect([await readFile(path, 'utf8'), (await stat(path)).mode & 0o777]).toEqual(['a', 0o600]);
  expect(await readdir(folder)).toEqual(['out.yaml']);
});

test('a file that is there stays, even one that appeared at the last moment, unless it may go', async () => {
  const { folder, path } = await place();
  await writeFile(path, 'mine', { mode: 0o644 });
  expect([await save(path, 'a', false), await readFile(path, 'utf8')]).toEqual([false, 'mine']);
  expect([await save(path, 'a', true), await readFile(path, 'utf8')]).toEqual([true, 'a']);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['out.yaml']);
});

test('a link is replaced, and what it leads to stays', async () => {
  const { folder, path } = await place();
  const other = join(folder, 'other');
  await writeFile(other, 'mine');
  await symlink(other, path);
  expect(await save(path, 'a', false)).toBe(false);
  await save(path, 'a', true);
  expect([await readFile(path, 'utf8'), await readFile(other, 'utf8')]).toEqual(['a', 'mine']);
});

test('a folder that is not there is an error', async () => {
  const { folder } = await place();
  await expect(save(join(folder, 'none', 'out.yaml'), 'a', false)).rejects.toThrow('ENOENT');
});
