import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';

/** What files held when they were read, by path: a digest each, or why one could not be read. */
export type Contents = ReadonlyMap<string, string>;

/** Told of every file that was read, and of every one that could not be. */
export type OnRead = (path: string, content: string) => void;

export const MAX_BYTES = 10 * 1024 * 1024;

/** One byte over the limit at most: what is longer is refused unread, a device without an end too. */
export async function readLimited(path: string): Promise<Buffer> {
  await using file = await open(path);
  return await buffer(file.createReadStream({ end: MAX_BYTES, autoClose: false }));
}

/** {@link readLimited}, while everything else waits. */
export function readLimitedSync(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const chunks: Buffer[] = [];
    let left = MAX_BYTES + 1;
    while (left > 0) {
      const chunk = Buffer.allocUnsafe(Math.min(left, 64 * 1024));
      const read = readSync(file, chunk);
      if (read === 0) break;
      chunks.push(chunk.subarray(0, read));
      left -= read;
    }
    return Buffer.concat(chunks);
  } finally {
    closeSync(file);
  }
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
