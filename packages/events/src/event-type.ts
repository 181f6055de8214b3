import { EVENT_TYPES } from './generated/event-types.js';
import type { EventType } from './payload.js';

const published: ReadonlySet<string> = new Set(EVENT_TYPES);

/** Whether the catalogue lists the type. Letter case counts: the platform has these names in lower case. */
export function isEventType(type: string): type is EventType {
  return published.has(type);
}
