import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publint, type Message } from 'publint';
import { z } from 'zod';
import { filesOf, importsOf, isRelative, targetOf } from './support/imports.ts';
import { installed } from './support/installed.ts';
import { run } from './support/run.ts';
import { installForUsers, type Tarball, type Users } from './support/users.ts';

const PACKAGES = ['@gateway-sync/api', '@gateway-sync/events'] as const;
const outside = realpathSync(mkdtempSync(join(tmpdir(), 'users-')));
const manifestSchema = z.looseObject({
  dependencies: z.record(z.string(), z.string()).default({}),
  peerDependencies: z.record(z.string(), z.string()).default({}),
});

let users: Users;
beforeAll(async () => {
  users = await installForUsers(outside);
});
afterAll(() => rmSync(outside, { recursive: true }));

function tarball(name: string): Tarball {
  const found = users.tarballs.find(({ of }) => of.name === name);
  if (found === undefined) throw new Error(`${name} was not packed`);
  return found;
}

const textOf = ({ folder }: Tarball, path: string): string => readFileSync(join(folder, path), 'utf8');

test('these packages are published, no more and no fewer', () => {
  expect(users.tarballs.map(({ of }) => of.name)).toEqual(PACKAGES);
});

describe.each(PACKAGES)('%s', (name) => {
  test('has code, types, sources, licence, README and CHANGELOG, and nothing else', () => {
    const files = filesOf(tarball(name).folder);
    expect(files).toEqual(expect.arrayContaining(['dist/index.js', 'dist/index.d.ts', 'src/index.ts']));
    expect(files.filter((file) => !/^(dist|src)\//.test(file))).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'package.json',
    ]);
    expect(files.filter((file) => file.includes('.test.') || !/\.(js|ts|json|map|md)$|^LICENSE$/.test(file))).toEqual(
      [],
    );
  });

  test('says what a registry shows, and nothing that only the workspace understands', () => {
    const text = textOf(tarball(name), 'package.json');
    expect(text).not.toMatch(/"(workspace|catalog):/);
    expect(JSON.parse(text)).toMatchObject({
      license: 'MIT',
      type: 'module',
      engines: { node: '>=22.12' },
      keywords: expect.arrayContaining(['emporix', 'webhooks']),
      publishConfig: { access: 'public' },
    });
    expect(JSON.parse(text)).not.toHaveProperty('private');
    expect(textOf(tarball(name), 'CHANGELOG.md')).toContain(`## ${tarball(name).of.version}\n`);
  });

  test('has maps that lead to sources that are there', () => {
    const { folder } = tarball(name);
    const files = filesOf(folder);
    const maps = files.filter((file) => file.endsWith('.map'));
    expect(maps.length).toBeGreaterThan(20);
    const lost = maps.flatMap((map) =>
      z
        .object({ sources: z.array(z.string()) })
        .parse(JSON.parse(readFileSync(join(folder, map), 'utf8')))
        .sources.map((source) => normalize(join(map, '..', source)))
        .filter((source) => !files.includes(source)),
    );
    expect(lost).toEqual([]);
  });

  test('has a README whose links lead somewhere on the page of a registry', () => {
    const files = filesOf(tarball(name).folder);
    const links = [...textOf(tarball(name), 'README.md').matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !/^(https:|#)/.test(link) && !files.includes(normalize(link)))).toEqual([]);
  });

  test('imports files that are there, Node, and what its manifest declares: all of that and no more', () => {
    const { folder } = tarball(name);
    const [files, imports] = [filesOf(folder), importsOf(folder)];
    expect(imports.filter((one) => isRelative(one) && !files.includes(targetOf(one)))).toEqual([]);
    const { dependencies, peerDependencies } = manifestSchema.parse(JSON.parse(textOf(tarball(name), 'package.json')));
    const packages = imports.filter((one) => !isRelative(one) && !one.name.startsWith('node:')).map((one) => one.name);
    expect([...new Set(packages)].toSorted()).toEqual(
      [...Object.keys(dependencies), ...Object.keys(peerDependencies)].toSorted(),
    );
  });

  test('is resolved to code and types by Node and by bundlers', async () => {
    const attw = installed('@arethetypeswrong/cli', 'dist/index.js');
    const args = [attw, tarball(name).path, '--profile', 'esm-only', '--format', 'ascii', '--no-emoji'];
    // Fails with what is wrong; what a CommonJS program or an old resolution would find does not count.
    expect(await run(process.execPath, args, outside)).toContain('OK (ESM)');
  });

  test('gives a registry nothing to complain about', async () => {
    const { messages } = await publint({ pkgDir: tarball(name).folder, strict: true, pack: false });
    expect(messages.filter((message) => !isRoomForMore(message))).toEqual([]);
  });
});

// `./specs/*` is for documents that somebody adds; until then nothing is there.
const isRoomForMore = ({ code, path }: Message): boolean =>
  code === 'EXPORTS_GLOB_NO_MATCHED_FILES' && path[1] === './specs/*';

test('@gateway-sync/events needs nothing at run time but node:crypto, and Nest for Nest', () => {
  const packages = importsOf(tarball('@gateway-sync/events').folder).filter((one) => !isRelative(one));
  expect([
    ...new Set(packages.map(({ file, name }) => `${name} for ${file.split('/').slice(0, -1).join('/')}`)),
  ]).toEqual(['@nestjs/common for dist/adapters', 'node:crypto for dist/receiver', 'node:crypto for dist/signature']);
  expect(packages.filter(({ name }) => name === '@nestjs/common').map(({ file }) => file)).toEqual([
    'dist/adapters/nest.d.ts',
    'dist/adapters/nest.js',
  ]);
});

test('a plain program runs with what was packed', async () => {
  expect(JSON.parse(await run(process.execPath, ['run.mjs'], users.plain))).toEqual({
    statuses: [200, 200],
    orders: ['o-1', 'o-2'],
    rows: [],
  });
});

test('a program with Nest runs with what was packed', async () => {
  expect(await run(process.execPath, ['run.mjs'], users.nest)).toBe('WebhookReceiverModule\n');
});

const NODENEXT = ['--module', 'nodenext'];
const BUNDLER = ['--module', 'esnext', '--moduleResolution', 'bundler'];

// With Nest one resolution for each compiler is enough: the other differs in nothing that Nest adds.
test.each([
  ['TypeScript 7', 'nodenext', 'plain', 'typescript', NODENEXT],
  ['TypeScript 7', 'bundler', 'plain', 'typescript', BUNDLER],
  ['TypeScript 7', 'bundler', 'nest', 'typescript', BUNDLER],
  ['TypeScript 5.9', 'nodenext', 'plain', 'typescript-5', NODENEXT],
  ['TypeScript 5.9', 'bundler', 'plain', 'typescript-5', BUNDLER],
  ['TypeScript 5.9', 'nodenext', 'nest', 'typescript-5', NODENEXT],
] as const)('%s with resolution %s takes the types in a %s project', async (_, __, project, compiler, options) => {
  const args = [installed(compiler, 'bin/tsc'), '-p', '.', ...options];
  expect(await run(process.execPath, args, users[project])).toBe('');
});
