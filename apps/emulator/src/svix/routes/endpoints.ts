import { z } from 'zod';
import { withApplication, type Application } from '../application.js';
import { applicationOf, endpointOf, findEndpoint, storeEndpoint, type SvixCall, type SvixHandler } from '../call.js';
import type { Endpoint, EndpointFields } from '../endpoint.js';
import { refuseComplaints, refuseMember, refuseSvix } from '../errors.js';
import { svixId } from '../id.js';
import { complainOfHeaders } from '../headers.js';
import { cutPage, readPageQuery, viewPage } from '../page.js';
import { checkWhole, readEndpoint, readWholeEndpoint, type EndpointRules } from '../read-endpoint.js';
import { newSecret, readSecret } from '../secret.js';
import { viewEndpoint } from '../view.js';
import { withoutMember } from '../../state/documents.js';

const creationSchema = z.object({
  secret: z.string().nullable().optional(),
  headers: z.record(z.string(), z.string()).nullable().optional(),
});

export const listEndpoints: SvixHandler = (call) => {
  const query = readPageQuery(call.query, 'descending', /^ep_[0-9A-Za-z]{27}$/);
  return viewPage(
    cutPage(applicationOf(call).endpoints.values(), ({ id }) => id, query),
    viewEndpoint,
    call.quirks,
  );
};

export const getEndpoint: SvixHandler = (call) => ({
  answer: { status: 200, body: viewEndpoint(endpointOf(call).endpoint, call.quirks) },
});

export const createEndpoint: SvixHandler = (call) => {
  const application = applicationOf(call);
  const { secret, headers } = creationSchema.parse(call.body);
  const fields = readWholeEndpoint(call.body, rulesOf(call));
  const complaints = complainOfHeaders(headers ?? {});
  if (complaints.length > 0) refuseComplaints(complaints);
  const key =
    secret === null || secret === undefined
      ? newSecret(call.random)
      : (readSecret(secret) ?? refuseMember('secret', 'is not a valid secret'));
  const kept = call.quirks.svixHeadersOnCreate === 'honoured' ? (headers ?? {}) : {};
  return create(call, application, fields, { key, headers: kept });
};

export const replaceEndpoint: SvixHandler = (call) => {
  const application = applicationOf(call);
  const fields = readWholeEndpoint(call.body, rulesOf(call));
  const before = findEndpoint(application, call.params['endpointId'] ?? '');
  if (before === undefined) return create(call, application, fields, { key: newSecret(call.random), headers: {} });
  const { uid, metadata } = call.quirks.svixPutClears
    ? fields
    : { uid: before.uid, metadata: before.metadata, ...readEndpoint(call.body, rulesOf(call)) };
  return change(call, application, { ...before, ...fields, uid, metadata });
};

export const patchEndpoint: SvixHandler = (call) => {
  const { application, endpoint } = endpointOf(call);
  const after = { ...endpoint, ...readEndpoint(call.body, rulesOf(call)) };
  checkWhole(after, call.quirks);
  return change(call, application, after);
};

export const deleteEndpoint: SvixHandler = (call) => {
  const { application, endpoint } = endpointOf(call);
  const endpoints = withoutMember(application.endpoints, endpoint.id);
  return {
    answer: { status: 204 },
    applications: withApplication(call.applications, { ...application, endpoints }),
  };
};

function create(
  call: SvixCall,
  application: Application,
  fields: EndpointFields,
  { key, headers }: { readonly key: string; readonly headers: Readonly<Record<string, string>> },
) {
  refuseTakenUid(application, fields.uid);
  const { svixEndpointsPerApp: limit } = call.quirks;
  if (limit > 0 && application.endpoints.size >= limit)
    refuseSvix(400, 'limit_reached', `An application may have ${limit} endpoints.`);
  const endpoint: Endpoint = {
    ...fields,
    id: svixId('ep', call.now, call.random),
    signing: { key, old: [] },
    headers,
    createdAt: call.now,
    updatedAt: call.now,
  };
  return {
    answer: { status: 201, body: viewEndpoint(endpoint, call.quirks) },
    ...storeEndpoint(call, application, endpoint),
  };
}

function change(call: SvixCall, application: Application, after: Endpoint) {
  refuseTakenUid(application, after.uid, after.id);
  const endpoint = { ...after, updatedAt: call.now };
  return {
    answer: { status: 200, body: viewEndpoint(endpoint, call.quirks) },
    ...storeEndpoint(call, application, endpoint),
  };
}

function refuseTakenUid({ endpoints }: Application, uid: string | null, ownId?: string): void {
  const isTaken = uid !== null && [...endpoints.values()].some((other) => other.uid === uid && other.id !== ownId);
  if (isTaken) refuseSvix(409, 'conflict', 'An entity with the specified uid already exists.');
}

function rulesOf({ eventTypes, quirks }: SvixCall): EndpointRules {
  return { quirks, isKnownType: (name) => eventTypes.some((type) => type.name === name && !type.archived) };
}
