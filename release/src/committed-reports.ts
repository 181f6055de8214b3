import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { PublishedPackage } from './published-packages.ts';

const SUFFIX = '.api.md';

export const reportFolder = ({ folder }: PublishedPackage): string => join(folder, 'public-api');

export const reportFile = (of: PublishedPackage, entryPoint: string): string =>
  join(reportFolder(of), `${entryPoint}${SUFFIX}`);

/** The texts of the committed reports by entry point, in a fixed order. */
export function committedReports(of: PublishedPackage): ReadonlyMap<string, string> {
  const files = globSync(`*${SUFFIX}`, { cwd: reportFolder(of) }).toSorted();
  return new Map(
    files.map((file) => [basename(file, SUFFIX), readFileSync(join(reportFolder(of), file), 'utf8')] as const),
  );
}
