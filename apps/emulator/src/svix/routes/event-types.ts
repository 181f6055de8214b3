import type { SvixCall, SvixHandler } from '../call.js';
import { refuseUnknown } from '../errors.js';
import { isVisible, viewEventType, type EventType } from '../event-types.js';
import { cutPage, readPageQuery, viewPage } from '../page.js';

/** Sorted by name, whatever order is asked for. */
export const listEventTypes: SvixHandler = (call) => {
  const query = readPageQuery(call.query, 'ascending', /^[a-zA-Z0-9\-_.]+$/);
  const listed = visibleTypes(call).filter(({ archived }) => !archived || call.query['include_archived'] === true);
  const page = cutPage(listed, ({ name }) => name, { ...query, order: 'ascending' });
  return viewPage(page, viewEventType, call.quirks);
};

export const getEventType: SvixHandler = (call) => {
  const type = visibleTypes(call).find(({ name }) => name === call.params['eventTypeName']) ?? refuseUnknown();
  return { answer: { status: 200, body: viewEventType(type, call.quirks) } };
};

function visibleTypes({ token, eventTypes }: SvixCall): readonly EventType[] {
  const flags = token.kind === 'organisation' ? undefined : token.featureFlags;
  return eventTypes.filter((type) => isVisible(type, flags));
}
