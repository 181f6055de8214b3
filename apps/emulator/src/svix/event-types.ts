import type { CatalogueEvent } from '../state/catalogue.js';
import type { Quirks } from '../quirks.js';
import { show, time } from './view.js';

/** An event type of the environment, the same for all applications. */
export interface EventType {
  readonly name: string;
  readonly description: string;
  readonly groupName: string | null;
  readonly archived: boolean;
  readonly featureFlag: string | null;
}

/** What the control API changed about a type of the catalogue, or the whole of one that is not in it. */
export interface EventTypeChange {
  readonly archived?: boolean | undefined;
  readonly featureFlag?: string | null | undefined;
}

const SINCE = Date.UTC(2024, 0, 1);

/** The event types of the environment: those of a catalogue in lower case, with what was changed about them. */
export class EventTypes {
  readonly #changes = new Map<string, EventTypeChange>();

  change(name: string, change: EventTypeChange): void {
    this.#changes.set(name, { ...this.#changes.get(name), ...change });
  }

  list(catalogue: ReadonlyMap<string, CatalogueEvent>): readonly EventType[] {
    const events = new Map([...catalogue.values()].map((event) => [event.type.toLowerCase(), event]));
    return [...new Set([...events.keys(), ...this.#changes.keys()])].map((name) => {
      const { archived = false, featureFlag = null } = this.#changes.get(name) ?? {};
      const groupName = events.get(name)?.group ?? null;
      return { name, description: `Sent on ${name}.`, groupName, archived, featureFlag };
    });
  }
}

/** Whether a token with these flags sees the type; keys of the account (undefined) see all of them. */
export function isVisible({ featureFlag }: EventType, flags: readonly string[] | undefined): boolean {
  return flags === undefined || featureFlag === null || flags.includes(featureFlag);
}

export function viewEventType(
  { name, description, groupName, archived, featureFlag }: EventType,
  quirks: Quirks,
): object {
  return show(
    {
      name,
      description,
      archived,
      deprecated: false,
      featureFlag,
      featureFlags: featureFlag === null ? null : [featureFlag],
      groupName,
      schemas: null,
      createdAt: time(SINCE),
      updatedAt: time(SINCE),
    },
    quirks,
  );
}
