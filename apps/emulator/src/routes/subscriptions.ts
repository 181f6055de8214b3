import { strikeItems } from '../faults/strike-items.js';
import { refuse } from '../http/answer.js';
import { chooseLanguages } from '../subscriptions/texts.js';
import { subscriptionUpdatesSchema, updateSubscriptions as update } from '../subscriptions/update.js';
import { viewSubscriptions } from '../subscriptions/view.js';
import type { Call, Handler } from './call.js';

export const listSubscriptions: Handler = ({ tenant, documents, headers }) => {
  refuseEmptyCatalogue(tenant);
  const languages = chooseLanguages(headers['accept-language'], tenant.languages);
  const body = viewSubscriptions(tenant.catalogue.values(), documents.subscriptions, languages);
  const hasText = [...tenant.catalogue.values()].some(({ schema }) => typeof schema === 'string');
  return { answer: { status: 200, body, ...(hasText && { offContract: 'a schema that is a text' }) } };
};

export const updateSubscriptions: Handler = ({ tenant, documents, body, quirks, now, faults }) => {
  refuseEmptyCatalogue(tenant);
  const struck = strikeItems(subscriptionUpdatesSchema.parse(body), faults);
  const { subscriptions, results } = update(documents.subscriptions, struck.kept, {
    catalogue: tenant.catalogue,
    quirks,
    now,
  });
  const all = struck.merge(results);
  return {
    answer: {
      status: quirks.subscriptionsStatus,
      body: quirks.resultOrder === 'request' ? all : all.toReversed(),
      ...(quirks.subscriptionsStatus === 207 ? {} : { offContract: 'quirk subscriptionsStatus' }),
    },
    documents: { ...documents, subscriptions },
  };
};

function refuseEmptyCatalogue(tenant: Call['tenant']): void {
  if (tenant.catalogue.size === 0) refuse(404, 'The catalogue has no events.');
}
