import type { JsonPath } from './json.ts';

/** A broken rule and the path to the place. */
export interface Finding {
  readonly at: JsonPath;
  readonly rule: string;
  readonly message: string;
}
