import { z } from 'zod';
import type { Quirks } from '../quirks.js';
import { UNSET, type EndpointFields } from './endpoint.js';
import { refuseComplaints, refuseMember, type Complaint } from './errors.js';

const METADATA_BYTES_AT_MOST = 4_096;

const names = z.array(z.string()).nullable().optional();
const rate = z.number().nullable().optional();

/** The members that POST, PUT and PATCH share; their shapes are checked by the document before. */
const bodySchema = z.object({
  url: z.string().optional(),
  uid: z.string().nullable().optional(),
  description: z.string().optional(),
  eventTypes: names,
  filterTypes: names,
  channels: names,
  disabled: z.boolean().optional(),
  throttleRate: rate,
  rateLimit: rate,
  metadata: z.record(z.string(), z.string()).optional(),
});

/** What the rules of endpoints need to know. */
export interface EndpointRules {
  readonly quirks: Quirks;
  /** Whether an endpoint may be filtered by that type. */
  readonly isKnownType: (name: string) => boolean;
}

/** The fields that a body sets. Refuses with 422 what Svix would. */
export function readEndpoint(body: unknown, rules: EndpointRules): Partial<EndpointFields> {
  const { url, eventTypes, filterTypes, throttleRate, rateLimit, channels, ...rest } = bodySchema.parse(body);
  const fields = withoutUndefined({
    ...rest,
    url: url === undefined ? undefined : readUrl(url),
    eventTypes: asSet(oneOf('eventTypes', eventTypes, 'filterTypes', filterTypes, rules.quirks.svixKnownFilterName)),
    throttleRate: oneOf('throttleRate', throttleRate, 'rateLimit', rateLimit, 'both'),
    channels: asSet(channels),
  });
  const complaints = complainOf(fields, rules);
  if (complaints.length > 0) refuseComplaints(complaints);
  return fields;
}

/** As `readEndpoint`, with everything that the body leaves open unset. */
export function readWholeEndpoint(body: unknown, rules: EndpointRules): EndpointFields {
  const { url = '', ...rest } = readEndpoint(body, rules);
  const fields = { ...UNSET, ...rest, url };
  checkWhole(fields, rules.quirks);
  return fields;
}

/** What an environment may demand of the endpoint that comes out of a write. */
export function checkWhole({ eventTypes }: Pick<EndpointFields, 'eventTypes'>, quirks: Quirks): void {
  if (quirks.svixRequireEndpointFilterTypes && eventTypes === null)
    refuseMember('eventTypes', 'this environment wants event types for each endpoint');
}

function complainOf(fields: Partial<EndpointFields>, { quirks, isKnownType }: EndpointRules): readonly Complaint[] {
  const unknown = (fields.eventTypes ?? []).filter((name) => !isKnownType(name));
  const isHttp = fields.url?.startsWith('http:') === true;
  const metadataBytes = Buffer.byteLength(JSON.stringify(fields.metadata ?? {}));
  return [
    ...complaint(unknown.length > 0, 'eventTypes', `Unknown event types: ${unknown.join(', ')}`),
    ...complaint(isHttp && quirks.svixEnforceHttps, 'url', 'must be an https URL'),
    ...complaint(metadataBytes > METADATA_BYTES_AT_MOST, 'metadata', `is longer than ${METADATA_BYTES_AT_MOST} bytes`),
    // oxlint-disable-next-line no-control-regex -- control characters are what must not pass
    ...complaint(/[\u0000-\u0008]/.test(fields.description ?? ''), 'description', 'has control characters'),
  ];
}

function complaint(applies: boolean, member: string, msg: string): readonly Complaint[] {
  return applies ? [{ loc: ['body', member], msg }] : [];
}

/** As Svix shows it: with the host in lower case and a slash after a bare host. */
function readUrl(url: string): string {
  // The document lets pass what no client could call, such as a host of numbers that is no address.
  return URL.canParse(url) ? new URL(url).href : refuseMember('url', 'is not a valid URL');
}

/** A field with an older name: the server takes either, or knows only one and does not see the other. */
function oneOf<T>(name: string, value: T, olderName: string, olderValue: T, known: string): T | undefined {
  if (known !== 'both') return known === name ? value : olderValue;
  if (value !== undefined && olderValue !== undefined) refuseMember(olderName, `duplicate field ${name}`);
  return value === undefined ? olderValue : value;
}

/** Svix keeps no order; sorting shows it to those who count on one. */
function asSet(list: readonly string[] | null | undefined): readonly string[] | null | undefined {
  return list === null || list === undefined ? list : [...new Set(list)].toSorted();
}

function withoutUndefined(fields: { readonly [K in keyof EndpointFields]?: EndpointFields[K] | undefined }) {
  // A member that is there and undefined would unset what it is spread over.
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<EndpointFields>;
}
