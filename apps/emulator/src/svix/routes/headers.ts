import { z } from 'zod';
import { endpointOf, storeEndpoint, type SvixCall, type SvixHandler } from '../call.js';
import { refuseComplaints } from '../errors.js';
import { complainOfHeaders, showHeaders } from '../headers.js';

const replacementSchema = z.object({ headers: z.record(z.string(), z.string()) });
const patchSchema = z.object({
  headers: z.record(z.string(), z.string().nullable()),
  deleteHeaders: z.array(z.string()).default([]),
});

export const getEndpointHeaders: SvixHandler = (call) => ({
  answer: { status: 200, body: showHeaders(endpointOf(call).endpoint.headers) },
});

export const setEndpointHeaders: SvixHandler = (call) => store(call, replacementSchema.parse(call.body).headers);

/** Null removes. Names are compared as they were written. */
export const patchEndpointHeaders: SvixHandler = (call) => {
  const { headers, deleteHeaders } = patchSchema.parse(call.body);
  const merged = { ...endpointOf(call).endpoint.headers, ...headers };
  const kept = Object.entries(merged).filter(
    (entry): entry is [string, string] => entry[1] !== null && !deleteHeaders.includes(entry[0]),
  );
  return store(call, Object.fromEntries(kept));
};

function store(call: SvixCall, headers: Readonly<Record<string, string>>) {
  const { application, endpoint } = endpointOf(call);
  const complaints = complainOfHeaders(headers);
  if (complaints.length > 0) refuseComplaints(complaints);
  return { answer: { status: 204 }, ...storeEndpoint(call, application, { ...endpoint, headers }) };
}
