import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { factText, parseFacts } from './fact-lines.ts';
import type { Facts } from './fact-nodes.ts';
import { sha256 } from './fingerprint.ts';
import { compareText } from './json.ts';
import { CannotTellError } from './upstream-source.ts';

/** What is known of the document that a file of facts was made from. */
export interface LockEntry {
  readonly source: string;
  /** SHA-256 of the file of facts. */
  readonly sha256: string;
  /** What the server called the document; it saves the download while nothing changed. */
  readonly etag?: string | undefined;
}

export type Lock = Readonly<Record<string, LockEntry>>;

const schema = z.record(
  z.string(),
  z.strictObject({
    source: z.string().min(1),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    etag: z.string().min(1).optional(),
  }),
);

/** The list of the documents of others; empty without a file. */
export function readLock(folder: string): Lock {
  const file = lockFile(folder);
  if (!existsSync(file)) return {};
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new CannotTellError(`${file}: ${message}`, { cause: error });
  }
}

/** The structure that a document had when it was last accepted; `now` itself where it is the same. */
export function readCommittedFacts(folder: string, spec: string, { sha256: expected }: LockEntry, now?: Facts): Facts {
  const file = factsFile(folder, spec);
  const remedy = `restore it from Git, or record the document anew with --spec ${spec} --accept`;
  if (!existsSync(file)) throw new CannotTellError(`${file}: is missing; ${remedy}`);
  const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  if (sha256(text) !== expected) throw new CannotTellError(`${file}: is not what lock.json says; ${remedy}`);
  return now !== undefined && factText(now) === text ? now : parseFacts(text);
}

/** Writes the facts and what the list says of them. */
export function writeCommittedFacts(
  folder: string,
  spec: string,
  facts: Facts,
  entry: Omit<LockEntry, 'sha256'>,
): void {
  const text = factText(facts);
  mkdirSync(folder, { recursive: true });
  writeFileSync(factsFile(folder, spec), text);
  const { source, etag } = entry;
  const lock = { ...readLock(folder), [spec]: { source, sha256: sha256(text), ...(etag !== undefined && { etag }) } };
  const sorted = Object.fromEntries(Object.entries(lock).toSorted(([a], [b]) => compareText(a, b)));
  writeFileSync(lockFile(folder), `${JSON.stringify(sorted, undefined, 2)}\n`);
}

function factsFile(folder: string, spec: string): string {
  return join(folder, `${spec}.facts`);
}

function lockFile(folder: string): string {
  return join(folder, 'lock.json');
}
