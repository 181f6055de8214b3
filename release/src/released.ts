import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { committedReports, reportFolder } from './committed-reports.ts';
import type { PublishedPackage } from './published-packages.ts';

const releasedSchema = z.strictObject({ version: z.string(), reports: z.string() });

/** What users of the last release know: a clone without history can tell that types changed since. */
const releasedFile = (of: PublishedPackage): string => join(reportFolder(of), 'released.json');

export function changedSinceRelease(of: PublishedPackage): boolean {
  return released(of)?.reports !== digestOfReports(of);
}

/** Keeps the types of a version that is about to be released; what users of an older one know stays as it is. */
export function markReleased(of: PublishedPackage): boolean {
  if (released(of)?.version === of.version) return false;
  const text = JSON.stringify({ version: of.version, reports: digestOfReports(of) }, undefined, 2);
  writeFileSync(releasedFile(of), `${text}\n`);
  return true;
}

function released(of: PublishedPackage): z.infer<typeof releasedSchema> | undefined {
  const file = releasedFile(of);
  return existsSync(file) ? releasedSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

function digestOfReports(of: PublishedPackage): string {
  const hash = createHash('sha256');
  for (const [name, text] of committedReports(of)) hash.update(`${name}\0${text}\0`);
  return `sha256-${hash.digest('base64')}`;
}
