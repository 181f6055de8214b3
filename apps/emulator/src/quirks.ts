import { z } from 'zod';
import { CAPABILITIES } from './svix/token.js';

/**
 * Behaviour that public sources disagree on, or are silent about. `q` numbers are of the table in the README. Where a
 * value leaves the contract of specs/, the answer says so in `x-emulator-off-contract`.
 */
export const quirksSchema = z.strictObject({
  configListShape: choice(
    ['array', 'wrapped'],
    'Documented as a plain list; an old client expects `{configs: […]}` (off contract).',
  ),
  writeStatus: choice(
    [204, 200],
    'Of PUT and PATCH on a config: documented 204; a client also accepts 200 with the config as body (off contract).',
  ),
  deleteStatus: choice([204, 200, 202], 'Documented 204; a client also accepts 200 and 202 (off contract).'),
  subscriptionsStatus: choice([207, 200], 'Documented 207; a client was widened to accept 200 (off contract).'),
  resultOrder: choice(
    ['request', 'reversed'],
    'Results follow the request by platform convention only; clients should not rely on it.',
  ),
  resultEventTypeCase: choice(['lower', 'as-sent'], 'Nothing says how a result spells the type.'),
  unknownEventType: choice(
    ['item-404', 'item-400', 'request-404', 'request-400'],
    'Both statuses are documented for the request, no item example exists.',
  ),
  duplicateEventType: choice(
    ['sequential', 'item-400', 'request-400'],
    'Not documented. `sequential` judges one after the other, so a repeated version conflicts.',
  ),
  missingAction: choice(['fields-only', 'item-400'], 'The schema lets `action` out, so fields alone can be meant.'),
  unknownFields: choice(
    ['accept', 'item-400'],
    'Of `fieldsTo…`: whether names outside the event schema are refused is not documented.',
  ),
  fieldInBothLists: choice(['subscribe-wins', 'item-400'], 'Not documented.'),
  firstTouchVersion: choice(
    ['absent-or-one', 'absent-only', 'any'],
    'The tutorial calls the version empty before the first update, and quotes 1 in its example.',
  ),
  staleVersion: choice(
    ['item-409', 'request-409'],
    'A stale item is a 409 item; the request-level 409 is documented without a reason.',
  ),
  unchangedUpdateBumpsVersion: flag(
    true,
    'The version grows with every update; whether an update without effect counts is not documented.',
  ),
  unsubscribeKeepsExcludedFields: flag(true, 'Not documented.'),
  catalogueWithoutSchemas: choice(
    ['listed', 'absent'],
    'Four types are known from the changelog only, without a schema.',
  ),
  eventTypeCase: choice(
    ['lower', 'as-sent'],
    'Of entries: bodies are shown in upper case, paths and answers in lower case.',
  ),
  unknownEventTypeInEntry: choice(['reject', 'accept'], 'A public test suite had to drop a type that does not exist.'),
  entryNameReturned: flag(false, '`name` can be written, but is missing from the read schema.'),
  listIncludesConfiguration: flag(true, 'Examples of the list show no `configuration`.'),
  omittedSecret: choice(
    ['keep', 'clear'],
    'The documented PUT example leaves the secret out; whether it stays is not said.',
  ),
  emptySecret: choice(
    ['reject', 'clear'],
    'A client sends an empty text to clear a secret by PATCH; expected to fail.',
  ),
  unknownEntryId: choice([400, 404], 'Of PATCH paths that address an entry which does not exist.'),
  multiOpPatch: choice(['atomic', 'sequential'], 'Whether operations before a failing one stay is not documented.'),
  providerChange: choice(
    ['reject-409', 'reject-400', 'accept'],
    'PUT with another provider than the stored one is not documented.',
  ),
  freshTenantConfigs: choice(
    ['svix-shared', 'empty'],
    'The shared Svix account is the default strategy; whether a row shows it is not documented.',
  ),
  activation: choice(
    ['deactivates-others', 'reject-409'],
    'Only one config may be active; that activating one switches the other off is an inference.',
  ),
  lastActive: choice([409, 400], 'Switching off the only active config fails; the status is not documented.'),
  deleteActive: choice(
    [409, 400],
    'Deleting an active config without `force` fails; the status is not documented (400 is off contract).',
  ),
  forceDeleteLastActive: flag(false, 'Whether `force` may remove the only config of a tenant is not documented.'),
  foreignTenantToken: choice([401, 403], 'A token of another tenant: sources name 400 and 401.'),
  missingScopeShape: choice(['service', 'gateway'], '403 bodies of both shapes were seen on the platform.'),
  wrongSecretShape: choice(
    ['oauth', 'fault'],
    'The body for a wrong client secret is not documented; the gateway product has two shapes.',
  ),
  dashboardNeedsActiveConfig: flag(
    false,
    'Without a SVIX_SHARED config the answer is 404; whether it must be active is not documented.',
  ),
  monthsWithoutRow: choice(['absent', 'zero'], 'Whether a month without events has a row is not documented.'),
  statisticsWithoutRange: choice(['all', 'current-month'], 'The default range is not documented.'),
  malformedMonth: choice([400, 'ignored'], 'Not documented; 400 is what other services do.'),
  countedUnit: choice(
    ['event', 'delivery'],
    'Statistics count "webhooks sent"; several targets may count once or each.',
  ),
  httpDeliveriesCount: flag(true, 'Documented for the shared account; whether HTTP counts is not.'),
  beyondLimit: choice(['lost', 'sent'], 'What happens above the monthly limit is not documented.'),
  newTenantLimit: count(10_000, 'Events a month for tenants seeded without a limit: sources say 5,000 and 10,000.'),
  rootFallback: choice(
    ['no-entries-for-type', 'none-matched', 'never'],
    'When the root `destinationUrl` gets an event although entries exist.',
  ),
  headersMerge: choice(
    ['replace', 'merge'],
    'Entry headers "override" those of the root; one by one or all at once is not documented.',
  ),
  filterSees: choice(['full-payload', 'reduced-payload'], 'Whether a filter sees excluded fields is not documented.'),
  reachabilityProbe: choice(
    ['off', 'changed', 'every-write'],
    'Destinations must answer HEAD or OPTIONS. Off, because test destinations seldom exist.',
  ),
  probeDetail: choice(
    ['plain', 'indexed'],
    'Documented as `destinationUrl: …`; for entries it may carry a longer path.',
  ),
  probeTimeoutMs: count(5_000, 'Not documented. Real milliseconds.'),
  deliveryTimeoutMs: count(15_000, 'Not documented for HTTP; the Svix product waits about so long. Real milliseconds.'),
  retryDelaysSeconds: z
    .array(z.number().nonnegative())
    .max(20)
    .default([5, 300, 1_800, 7_200])
    .describe('HTTP retries exist; their schedule is not documented. Emulator clock.'),
  tokenLifetimeSeconds: count(14_399, 'Documented; shorten it to see tokens expire.'),
  svixNulls: choice(
    ['omitted', 'written'],
    'The hosted Svix leaves out what is not set, the open server writes `null`.',
  ),
  svixFilterNames: choice(
    ['both', 'filterTypes', 'eventTypes'],
    'Of answers: `filterTypes` became `eventTypes`; which servers show which name is not documented.',
  ),
  svixKnownFilterName: choice(
    ['both', 'eventTypes', 'filterTypes'],
    'Of requests: a server that knows one name ignores the other, and the endpoint gets all events.',
  ),
  svixUnauthorized: choice(['hosted', 'oss'], 'The two servers word a 401 differently.'),
  svixRegion: choice(
    ['eu', 'us', 'in', 'ca', 'au', 'none'],
    'At the end of a dashboard token, and in its link; where Emporix is at home is not documented.',
  ),
  svixLoginKey: choice(
    ['one-time-token', 'token-and-region', 'token', 'garbage'],
    'What `#key=` of the dashboard link holds: three forms were seen, and the documented sample is cut off.',
  ),
  svixAppUid: choice(
    ['tenant', 'other', 'none'],
    'The uid of an application made from now on; that it is the tenant is advice of the documentation only.',
  ),
  svixDashboardApplication: choice(
    ['own', 'other-tenant'],
    'Whose application a dashboard token is good for. A wrong one must be noticed before anything is written.',
  ),
  svixCapabilities: z
    .array(z.enum(CAPABILITIES))
    .default([...CAPABILITIES])
    .describe('Of dashboard tokens; which ones Emporix passes on is not documented.'),
  svixFeatureFlags: z
    .array(z.string())
    .default([])
    .describe('Of dashboard tokens: they see event types behind these flags.'),
  svixTokenLifetimeSeconds: count(604_800, 'Of dashboard tokens; the default of Svix is seven days.'),
  svixEnforceHttps: flag(
    false,
    'Hosted environments refuse http URLs by default. Off, because test receivers seldom have TLS.',
  ),
  svixRequireEndpointFilterTypes: flag(false, 'A setting of the environment; what Emporix chose is not known.'),
  svixEndpointsPerApp: count(0, 'A setting of the environment; 0 is no limit. What Emporix chose is not known.'),
  svixPutClears: flag(
    true,
    'The open server clears uid and metadata that a PUT leaves out; of the hosted one it is not known.',
  ),
  svixHeadersOnCreate: choice(['honoured', 'ignored'], 'The open server ignores `headers` of a new endpoint.'),
  svixSendExampleStatus: choice([202, 200], 'The hosted service answers 202, the open server 200.'),
  svixMessageRange: choice(
    ['every-page', 'first-page'],
    'An older open server takes no notice of `before` and `after` where there is an iterator.',
  ),
  svixSignatureHeaders: choice(['svix', 'webhook'], 'White-labelled accounts send `webhook-…` headers instead.'),
  svixAutoDisable: choice(
    ['hosted', 'oss', 'never'],
    '`hosted`: after 5 days of nothing but failures, counted once they are 12 hours apart. `oss`: not forgotten when somebody enables it again.',
  ),
  svixRetryDelaysSeconds: z
    .array(z.number().nonnegative())
    .max(20)
    .default([5, 300, 1_800, 7_200, 18_000, 36_000, 36_000])
    .describe('Documented. Emulator clock.'),
});

export type Quirks = Readonly<z.output<typeof quirksSchema>>;

export function initialQuirks(): Quirks {
  return quirksSchema.parse({});
}

/** The first value is the initial one. */
function choice<const T extends readonly [string | number, ...(string | number)[]]>(values: T, why: string) {
  const initial: T[number] = values[0];
  return z
    .literal<T[number][]>([...values])
    .default(initial)
    .describe(why);
}

function flag(initial: boolean, why: string) {
  return z.boolean().default(initial).describe(why);
}

function count(initial: number, why: string) {
  return z.int().nonnegative().default(initial).describe(why);
}
