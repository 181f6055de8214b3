import { createHash, randomBytes } from 'node:crypto';

/** Where ids, tokens and dashboard links come from. */
export interface Random {
  uuid(): string;
  /** Letters and digits. */
  token(length: number): string;
  /** 1, 2, 3, …: keeps apart what is made at the same time. */
  serial(): number;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The same `seed` gives the same values in the same order; without a seed they cannot be foreseen. */
export function createRandom(seed?: string): Random {
  let counter = 0;
  let serial = 0;
  const bytes = (length: number): Buffer => {
    if (seed === undefined) return randomBytes(length);
    const blocks: Buffer[] = [];
    for (let size = 0; size < length; size += 32) {
      blocks.push(createHash('sha256').update(`${seed}:${counter++}`).digest());
    }
    return Buffer.concat(blocks).subarray(0, length);
  };
  return {
    uuid: () => {
      const hex = bytes(16).toString('hex');
      const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4] ?? '8';
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    },
    token: (length) => Array.from(bytes(length), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join(''),
    serial: () => ++serial,
  };
}
