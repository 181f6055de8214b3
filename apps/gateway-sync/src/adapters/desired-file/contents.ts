import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';

/** What files held when they were read, by path: a digest each, or why one could not be read. */
export type Contents = ReadonlyMap<string, string>;

/** Told of every file that was read, and of every one that could not be. */
export type OnRead = (path: string, content: string) => void;

export const MAX_BYTES = 10 * 1024 * 1024;

/** Secrets are short and many; a file of tenants is long. */
const FIRST_CHUNK_BYTES = 2 * 1024;
const CHUNK_BYTES = 256 * 1024;

/** One byte over the limit at most: what is longer is refused unread, a device without an end too. */
export async function readLimited(path: string): Promise<Buffer> {
  await using file = await open(path);
  const chunks: Buffer[] = [];
  for (let left = MAX_BYTES + 1; left > 0;) {
    const { buffer, bytesRead } = await file.read(chunkFor(left));
    if (bytesRead === 0) break;
    chunks.push(buffer.subarray(0, bytesRead));
    left -= bytesRead;
  }
  return Buffer.concat(chunks);
}

/** {@link readLimited}, while everything else waits. */
export function readLimitedSync(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const chunks: Buffer[] = [];
    for (let left = MAX_BYTES + 1; left > 0;) {
      const buffer = chunkFor(left);
      const bytesRead = readSync(file, buffer);
      if (bytesRead === 0) break;
      chunks.push(buffer.subarray(0, bytesRead));
      left -= bytesRead;
    }
    return Buffer.concat(chunks);
  } finally {
    closeSync(file);
  }
}

function chunkFor(left: number): Buffer {
  return Buffer.allocUnsafe(left > MAX_BYTES ? FIRST_CHUNK_BYTES : Math.min(left, CHUNK_BYTES));
}

/** What the file at `path` holds now. Always opened by its name, because a link may lead elsewhere by now. */
export async function contentAt(path: string): Promise<string> {
  try {
    return contentOf(await readLimited(path));
  } catch (error) {
    return errorCode(error);
  }
}

export function contentOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url');
}

export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
}
