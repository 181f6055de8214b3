import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { problemsOfReports } from './check-reports.ts';
import { committedReports } from './committed-reports.ts';
import { publishedPackages, type PublishedPackage } from './published-packages.ts';
import { markReleased } from './released.ts';
import { writeReports } from './write-reports.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

interface Workspace {
  readonly root: string;
  readonly put: (path: string, text: string) => void;
  readonly shop: () => PublishedPackage;
}

/** A workspace of one published package, built: `shop` with `shop/basket`. */
function workspace({ index, basket = 'export {};' }: { index: string; basket?: string }): Workspace {
  const root = mkdtempSync(join(tmpdir(), 'workspace-'));
  folders.push(root);
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const exports = { '.': { types: './dist/index.d.ts' }, './basket': { types: './dist/basket.d.ts' } };
  put('packages/shop/package.json', JSON.stringify({ name: 'shop', version: '1.0.0', type: 'module', exports }));
  put('packages/inside/package.json', JSON.stringify({ name: 'inside', version: '1.0.0', private: true, exports }));
  put('packages/shop/dist/index.d.ts', index);
  put('packages/shop/dist/basket.d.ts', basket);
  put('.changeset/config.json', '{}');
  const shop = (): PublishedPackage => {
    const [only, ...others] = publishedPackages(root);
    expect(others).toEqual([]);
    if (only === undefined) throw new Error('no package');
    return only;
  };
  return { root, put, shop };
}

const STARRED = { '.': { types: './dist/index.d.ts' }, './toys/*': { types: './dist/toys/*/index.d.ts' } };
const PRICE = `
interface Money {
  amount: number;
}
export declare function price(): Money;
export {};`;

test('a report that is missing, and one that is not of this package any more, is a problem until they are written', async () => {
  const { root, put, shop } = workspace({ index: PRICE });
  put('packages/shop/public-api/gone.api.md', 'gone');
  const problems = await problemsOfReports(root);
  expect(problems.join('\n')).toContain('+export function price(): Money;');
  expect(problems.join('\n')).toContain('-gone');
  expect(writeReports(shop(), root)).toEqual([
    'wrote packages/shop/public-api/index.api.md',
    'wrote packages/shop/public-api/basket.api.md',
    'deleted packages/shop/public-api/gone.api.md',
  ]);
  markReleased(shop());
  expect(await problemsOfReports(root)).toEqual([]);
  expect(writeReports(shop(), root)).toEqual([]);
});

test('a change of a type that is not even exported is shown, and which command to run', async () => {
  const { root, put, shop } = workspace({ index: PRICE });
  writeReports(shop(), root);
  markReleased(shop());
  put('packages/shop/dist/index.d.ts', PRICE.replace('amount: number', 'amount: string'));
  const problems = (await problemsOfReports(root)).join('\n');
  expect(problems).toContain('-    amount: number;\n+    amount: string;');
  expect(problems).toContain('`pnpm api-reports`');
});

test('a change that no changeset of the package tells users of is a problem until its release', async () => {
  const { root, put, shop } = workspace({ index: PRICE });
  writeReports(shop(), root);
  markReleased(shop());
  put('packages/shop/dist/index.d.ts', PRICE.replace('price()', 'price(of: string)'));
  writeReports(shop(), root);
  const silent = [
    'The public types of shop are not those of 1.0.0 any more, and no changeset says so: run `pnpm changeset`.',
  ];
  expect(await problemsOfReports(root)).toEqual(silent);
  put('.changeset/other.md', '---\n"inside": major\n---\n\nOf another package.\n');
  expect(await problemsOfReports(root)).toEqual(silent);
  put('.changeset/brave-cats-sing.md', '---\n"shop": major\n---\n\nA price is the price of something.\n');
  expect(await problemsOfReports(root)).toEqual([]);
  rmSync(join(root, '.changeset/brave-cats-sing.md'));
  expect(markReleased(shop())).toBe(false);
  expect(markReleased({ ...shop(), version: '2.0.0' })).toBe(true);
  expect(await problemsOfReports(root)).toEqual([]);
});

test('beside the index only those types show that the index does not show', async () => {
  const basket = "export declare const first: import('./hidden.js').Hidden;";
  const { root, put, shop } = workspace({ index: PRICE, basket });
  put('packages/shop/dist/hidden.d.ts', 'export interface Hidden { a: 1 }');
  writeReports(shop(), root);
  expect(committedReports(shop()).get('basket')).toContain('interface Hidden');
  put('packages/shop/dist/index.d.ts', `${PRICE}\nexport type { Hidden } from './hidden.js';`);
  writeReports(shop(), root);
  expect(committedReports(shop()).get('basket')).not.toContain('interface Hidden');
  expect(committedReports(shop()).get('index')).toContain('export interface Hidden');
});

test('an entry with a star has a report for each of its files', () => {
  const { root, put, shop } = workspace({ index: PRICE });
  put(
    'packages/shop/package.json',
    JSON.stringify({ name: 'shop', version: '1.0.0', type: 'module', exports: STARRED }),
  );
  expect(writeReports(shop(), root)).toHaveLength(1);
  put('packages/shop/dist/toys/bear/index.d.ts', 'export declare const bear: 1;');
  put('packages/shop/dist/toys/cat/index.d.ts', 'export declare const cat: 2;');
  expect(writeReports(shop(), root)).toEqual([
    'wrote packages/shop/public-api/toys-bear.api.md',
    'wrote packages/shop/public-api/toys-cat.api.md',
  ]);
});
