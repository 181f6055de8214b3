import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { committedReports, reportFile, reportFolder } from './committed-reports.ts';
import { describeTypes } from './describe-types.ts';
import type { PublishedPackage } from './published-packages.ts';

/** Brings the reports of a package up to date; says what became of each file that was not. */
export function writeReports(of: PublishedPackage, root: string): readonly string[] {
  const [described, committed] = [describeTypes(of), committedReports(of)];
  mkdirSync(reportFolder(of), { recursive: true });
  const stale = [...described].filter(([name, text]) => committed.get(name) !== text);
  for (const [name, text] of stale) writeFileSync(reportFile(of, name), text);
  const foreign = [...committed.keys()].filter((name) => !described.has(name));
  for (const name of foreign) rmSync(reportFile(of, name));
  const show = (name: string): string => relative(root, reportFile(of, name));
  return [...stale.map(([name]) => `wrote ${show(name)}`), ...foreign.map((name) => `deleted ${show(name)}`)];
}
