import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { publishedPackages, type PublishedPackage } from '../../src/published-packages.ts';
import { installedVersions } from './installed.ts';
import { run } from './run.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const projects = fileURLToPath(new URL('../users/', import.meta.url));

const packedSchema = z.object({ filename: z.string() });

export interface Tarball {
  readonly of: PublishedPackage;
  readonly path: string;
  /** Where it is installed. */
  readonly folder: string;
}

export interface Users {
  /** A project in which only our packages are installed. */
  readonly plain: string;
  /** A project with Nest, as an application of Nest has it. */
  readonly nest: string;
  readonly tarballs: readonly Tarball[];
}

/** Packs what is published and installs it in a folder outside the workspace, for projects of users. */
export async function installForUsers(folder: string): Promise<Users> {
  const packed = await Promise.all(
    publishedPackages(root).map(async (of) => {
      const answer = await run('pnpm', ['pack', '--json', '--pack-destination', folder], of.folder);
      return { of, path: packedSchema.parse(JSON.parse(answer)).filename };
    }),
  );
  const published = Object.fromEntries(packed.map(({ of, path }) => [of.name, `file:${path}`]));
  cpSync(projects, folder, { recursive: true });
  writeFileSync(join(folder, 'pnpm-workspace.yaml'), 'packages: [plain, nest]\n');
  writeManifest(join(folder, 'plain'), published);
  writeManifest(join(folder, 'nest'), {
    ...published,
    ...installedVersions(['@nestjs/common', '@types/node', 'reflect-metadata', 'rxjs']),
  });
  // The workspace was installed a moment ago: nearly everything is in the store.
  await run('pnpm', ['install', '--prefer-offline', '--no-frozen-lockfile'], folder);
  const plain = join(folder, 'plain');
  return {
    plain,
    nest: join(folder, 'nest'),
    tarballs: packed.map(({ of, path }) => ({ of, path, folder: join(plain, 'node_modules', of.name) })),
  };
}

function writeManifest(project: string, dependencies: Readonly<Record<string, string>>): void {
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }));
}
