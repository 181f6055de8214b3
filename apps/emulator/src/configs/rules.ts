import type { Quirks } from '../quirks.js';
import type { Random } from '../random.js';
import type { CatalogueEvent } from '../state/catalogue.js';

/** What the config rules need to know besides the config. */
export interface ConfigRules {
  readonly catalogue: ReadonlyMap<string, CatalogueEvent>;
  readonly quirks: Quirks;
  readonly random: Random;
  /** Entries of a seed may bring their ids. */
  readonly seeding?: true;
}
