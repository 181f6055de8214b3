import type { Resource } from './action.js';
import type { OwnedThing, OwnedThings } from './ledger.js';
import type { Knowledge } from './part.js';

/** The rows of one kind of thing, by key. */
export function ownedOf(things: OwnedThings | undefined, resource: Resource): ReadonlyMap<string, OwnedThing> {
  return new Map((things ?? []).filter((thing) => thing.resource === resource).map((thing) => [thing.key, thing]));
}

/** What was known of the things of one kind before this reading: the ledger's word, else what was seen. */
export function knownOf({ owned, seen }: Knowledge, resource: Resource): ReadonlyMap<string, OwnedThing> {
  return ownedOf(owned ?? seen, resource);
}
