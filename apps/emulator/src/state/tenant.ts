import { changedCatalogue, type CatalogueChange, type CatalogueEvent } from './catalogue.js';
import type { Documents } from './documents.js';
import { Usage } from './usage.js';
import { Ring } from './ring.js';
import type { EventRecord } from '../delivery/event-record.js';
import { SvixTraffic } from '../svix/traffic.js';

/** A key of a tenant with the scopes it was made with. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[];
}

const HISTORY_LENGTH = 20;
const EVENTS_KEPT = 1_000;

/** One tenant: its keys, its catalogue, and what API calls and events made of it. */
export class Tenant {
  readonly name: string;
  readonly credentials: readonly Credentials[];
  /** Language codes, the default one first. */
  readonly languages: readonly string[];
  readonly usage: Usage;
  /** Events emitted, the latest ones only. */
  readonly events = new Ring<EventRecord>(EVENTS_KEPT);
  readonly svixTraffic = new SvixTraffic();
  #catalogue: ReadonlyMap<string, CatalogueEvent>;
  #documents: Documents;
  #history: readonly Documents[] = [];

  constructor(setup: {
    readonly name: string;
    readonly credentials: readonly Credentials[];
    readonly languages: readonly string[];
    readonly catalogue: ReadonlyMap<string, CatalogueEvent>;
    readonly usage: Usage;
    readonly documents: Documents;
  }) {
    this.name = setup.name;
    this.credentials = setup.credentials;
    this.languages = setup.languages;
    this.#catalogue = setup.catalogue;
    this.usage = setup.usage;
    this.#documents = setup.documents;
  }

  get catalogue(): ReadonlyMap<string, CatalogueEvent> {
    return this.#catalogue;
  }

  /** What was subscribed of a removed event type is so again when it comes back. */
  changeCatalogue(change: CatalogueChange): void {
    this.#catalogue = changedCatalogue(this.#catalogue, change);
  }

  get documents(): Documents {
    return this.#documents;
  }

  write(documents: Documents): void {
    this.#history = [this.#documents, ...this.#history].slice(0, HISTORY_LENGTH);
    this.#documents = documents;
  }

  /** The state `writes` writes ago, or the oldest one still known. */
  documentsBefore(writes: number): Documents {
    return this.#history[writes - 1] ?? this.#history.at(-1) ?? this.#documents;
  }
}
