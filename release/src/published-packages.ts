import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { z } from 'zod';

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  private: z.boolean().default(false),
  exports: z.record(z.string(), z.object({ types: z.string() })),
});

export interface EntryPoint {
  /** `index` for the package itself, `specs-shop` for its `./specs/shop`. */
  readonly name: string;
  readonly declarations: string;
}

export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
  readonly entryPoints: readonly EntryPoint[];
}

/** Those packages of the workspace that go to the registry: everything in `packages/` that is not private. */
export function publishedPackages(root: string): readonly PublishedPackage[] {
  return globSync('packages/*/package.json', { cwd: root })
    .toSorted()
    .map((path) => ({ path, ...manifestSchema.parse(JSON.parse(readFileSync(join(root, path), 'utf8'))) }))
    .filter((manifest) => !manifest.private)
    .map(({ path, name, version, exports }) => {
      const folder = dirname(join(root, path));
      const entryPoints = Object.entries(exports).flatMap(([subpath, { types }]) =>
        entryPointsOf(
          folder,
          subpath === '.' ? 'index' : subpath.slice('./'.length).replaceAll('/', '-'),
          normalize(types),
        ),
      );
      return { name, version, folder, entryPoints };
    });
}

/** One entry point, or as many as there are files for an entry with a `*`. */
function entryPointsOf(folder: string, name: string, types: string): readonly EntryPoint[] {
  const [before = '', after] = types.split('*');
  if (after === undefined) return [{ name, declarations: join(folder, types) }];
  return globSync(types, { cwd: folder })
    .toSorted()
    .map((file) => ({
      name: name.replace('*', file.slice(before.length, -after.length)),
      declarations: join(folder, file),
    }));
}
