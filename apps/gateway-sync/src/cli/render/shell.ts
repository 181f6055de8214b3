import { printable } from './paint.js';

/** A command as it can be pasted into a shell. */
export function shellCommand(words: readonly string[]): string {
  return words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : quoted(word))).join(' ');
}

function quoted(word: string): string {
  return `'${printable(word).replaceAll("'", `'\\''`)}'`;
}
