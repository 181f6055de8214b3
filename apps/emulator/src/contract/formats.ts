import * as formats from 'ajv-formats/dist/formats.js';
import type { Format } from 'ajv';

/** Checks for the `format`s that the documents use; others are ignored by the validator. */
export function formatsOf(): Record<string, Format> {
  return formats.fullFormats;
}
