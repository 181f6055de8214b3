import type { SvixCall, SvixHandler } from '../call.js';
import { refuseUnknown } from '../errors.js';
import { isVisible, viewEventType, type EventType } from '../event-types.js';
import { cutPage, readPageQuery } from '../page.js';
import { show } from '../view.js';

/** Sorted by name, whatever order is asked for. */
export const listEventTypes: SvixHandler = (call) => {
  const query = readPageQuery(call.query, 'ascending', /^[a-zA-Z0-9\-_.]+$/);
  const listed = visibleTypes(call).filter(({ archived }) => !archived || call.query['include_archived'] === true);
  const page = cutPage(listed, ({ name }) => name, { ...query, order: 'ascending' });
  const data = page.data.map((type) => viewEventType(type, call.quirks));
  return { answer: { status: 200, body: { ...show({ ...page }, call.quirks), data } } };
};

export const getEventType: SvixHandler = (call) => {
  const type = visibleTypes(call).find(({ name }) => name === call.params['eventTypeName']) ?? refuseUnknown();
  return { answer: { status: 200, body: viewEventType(type, call.quirks) } };
};

function visibleTypes({ token, eventTypes }: SvixCall): readonly EventType[] {
  const flags = token.kind === 'organisation' ? undefined : token.featureFlags;
  return eventTypes.filter((type) => isVisible(type, flags));
}
