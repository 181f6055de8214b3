import { z } from 'zod';
import { withoutMember } from '../../state/documents.js';
import {
  createApplication as make,
  findApplication,
  withApplication,
  type Application,
  type ApplicationFields,
} from '../application.js';
import { applicationOf, type SvixCall, type SvixHandler } from '../call.js';
import { refuseSvix } from '../errors.js';
import { cutPage, readPageQuery, viewPage } from '../page.js';
import { viewApplication } from '../view.js';

export const applicationInputSchema = z.object({
  name: z.string(),
  uid: z.string().nullable().default(null),
  throttleRate: z.number().nullable().default(null),
  metadata: z.record(z.string(), z.string()).default({}),
});

export const listApplications: SvixHandler = (call) => {
  const query = readPageQuery(call.query, 'descending', /^app_[0-9A-Za-z]{27}$/);
  const own = [...call.applications.values()].filter(({ account }) => account === 'own');
  return viewPage(
    cutPage(own, ({ id }) => id, query),
    viewApplication,
    call.quirks,
  );
};

export const getApplication: SvixHandler = (call) => ({
  answer: { status: 200, body: viewApplication(applicationOf(call), call.quirks) },
});

export const createApplication: SvixHandler = (call) => store(call, undefined);

export const replaceApplication: SvixHandler = (call) =>
  store(call, findApplication(call.applications, 'own', call.params['appId'] ?? ''));

export const deleteApplication: SvixHandler = (call) => ({
  answer: { status: 204 },
  applications: withoutMember(call.applications, applicationOf(call).id),
});

function store(call: SvixCall, before: Application | undefined) {
  const after = makeOrChange(call, before, applicationInputSchema.parse(call.body));
  return {
    answer: { status: before === undefined ? 201 : 200, body: viewApplication(after, call.quirks) },
    applications: withApplication(call.applications, after),
  };
}

/** An application of the own account, new or with other fields; 409 when another one has the uid. */
export function makeOrChange(call: SvixCall, before: Application | undefined, fields: ApplicationFields): Application {
  const holder = fields.uid === null ? undefined : findApplication(call.applications, 'own', fields.uid);
  if (holder !== undefined && holder.id !== before?.id)
    refuseSvix(409, 'conflict', 'An entity with the specified uid already exists.');
  return before === undefined ? make(fields, 'own', call) : { ...before, ...fields, updatedAt: call.now };
}
