import type { EndpointAction } from './action.js';
import { headerValues } from './endpoint-headers.js';
import { marked } from './endpoint-marks.js';
import { secretsOf, upsertBase, type EndpointWish } from './endpoint-wish.js';
import type { EndpointWrite } from './endpoint.js';
import type { OwnedThing } from './ledger.js';
import type { Knowledge } from './part.js';

/** Creates the endpoint of an entry that has none. */
export function creation(wish: EndpointWish, row: OwnedThing | undefined, knowledge: Knowledge): EndpointAction {
  const { desired, uid, fields } = wish;
  const headers = desired.headers && Object.keys(desired.headers).length > 0 ? desired.headers : undefined;
  const finished = marked({}, knowledge.instance, 'finished');
  const write: EndpointWrite = {
    type: 'create',
    fields: headers
      ? { ...fields, disabled: true, metadata: marked({}, knowledge.instance, 'creating') }
      : { ...fields, metadata: finished },
    ...(desired.secret && { secret: desired.secret }),
    ...(headers && {
      headers: headerValues(headers),
      finish: { disabled: desired.disabled ?? false, metadata: finished },
    }),
  };
  return {
    ...upsertBase(wish, secretsOf(desired), knowledge),
    type: 'create',
    reason: row && row.pending !== true ? 'drift' : 'missing',
    row: { key: `new:${uid}`, settings: wish.settings },
    before: null,
    after: { ...wish.settings, metadata: finished },
    write,
  };
}
