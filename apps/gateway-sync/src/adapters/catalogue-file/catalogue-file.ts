import { realpath, stat } from 'node:fs/promises';
import type { Catalogue } from '../../core/catalogue-row.js';
import { readText } from '../desired-file/read-text.js';
import { save } from '../desired-file/save.js';
import { catalogueText, parseCatalogue } from './catalogue-text.js';

const REMEDIES = {
  unreadable: 'name the catalogue with --file; gateway-sync catalog pull makes a new one',
  tooLarge: 'a catalogue is much smaller',
};

/** A catalogue file with its text. Throws a `ConfigError` that lists every problem. */
export async function loadCatalogue(path: string): Promise<{ readonly catalogue: Catalogue; readonly text: string }> {
  const text = await readText(path, REMEDIES);
  return { catalogue: parseCatalogue(text, path), text };
}

/** Takes the place of the file that is there, as a whole or not at all; where a link leads to one, of that one. */
export async function replaceCatalogue(path: string, catalogue: Catalogue): Promise<void> {
  const there = await realpath(path);
  await save(there, catalogueText(catalogue), true, (await stat(there)).mode & 0o777);
}

/** There is no secret in it. */
const MODE = 0o644;

/** Answers false, and writes nothing, when a file is there and `replace` does not say that it may go. */
export function createCatalogue(path: string, catalogue: Catalogue, replace: boolean): Promise<boolean> {
  return save(path, catalogueText(catalogue), replace, MODE);
}
