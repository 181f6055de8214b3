import { expect, test } from 'vitest';
import { formatManifest, manifestFile } from './manifest.ts';
import { findStaleness } from './staleness.ts';

const generator = { 'openapi-typescript': '7.13.0', typescript: '5.9.3', options: 'abc', emitters: 'def' };

function output(files: Record<string, string>, by = generator): Map<string, string> {
  const map = new Map(Object.entries(files));
  return map.set(manifestFile, formatManifest(map, by));
}

function reasons(expected: Map<string, string>, present: Map<string, string>): readonly string[] {
  return findStaleness(expected, present).map(({ file, reason }) => `${file} ${reason}`);
}

test('equal folders are up to date', () => {
  expect(reasons(output({ 'a.ts': '1' }), output({ 'a.ts': '1' }))).toEqual([]);
});

test('a file behind its source is told apart from one edited by hand', () => {
  const wanted = output({ 'a.ts': 'new\n' });
  expect(reasons(wanted, output({ 'a.ts': 'old\n' }))).toEqual([
    'a.ts is older than its source',
    'manifest.json does not match the files it should list',
  ]);
  expect(reasons(wanted, new Map(wanted).set('a.ts', 'mine\n'))).toEqual(['a.ts was edited by hand']);
});

test('the patch leads from what is there to what should be', () => {
  const [stale] = findStaleness(output({ 'a.ts': 'one\nnew\n' }), output({ 'a.ts': 'one\nold\n' }));
  expect(stale?.patch.split('\n').slice(-4)).toEqual([' one', '-old', '+new', '']);
});

test('missing and surplus files are named', () => {
  const wanted = output({ 'a.ts': '1' });
  const present = new Map(wanted).set('b.ts', '2');
  present.delete('a.ts');
  expect(reasons(wanted, present)).toEqual(['a.ts is missing', 'b.ts is not made by the generator any more']);
});

test('another generator makes equal files stale', () => {
  const other = { ...generator, typescript: '5.9.4' };
  expect(reasons(output({ 'a.ts': '1' }, other), output({ 'a.ts': '1' }))).toEqual([
    'manifest.json names another generator: typescript 5.9.3 -> 5.9.4',
  ]);
});

test('a manifest that is missing or broken is stale', () => {
  const wanted = output({ 'a.ts': '1' });
  expect(reasons(wanted, new Map([['a.ts', '1']]))).toEqual(['manifest.json is missing or no manifest']);
  expect(reasons(wanted, new Map(wanted).set(manifestFile, '{}'))).toEqual(['manifest.json is missing or no manifest']);
});
