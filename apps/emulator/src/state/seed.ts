import { z } from 'zod';
import { toConfig } from '../configs/configuration.js';
import type { StoredConfig } from '../configs/config.js';
import { configWriteSchema } from '../configs/write.js';
import type { ConfigRules } from '../configs/rules.js';
import { loadContract } from '../contract/contract.js';
import { refuseInvalid } from '../http/answer.js';
import type { Quirks } from '../quirks.js';
import type { Random } from '../random.js';
import { catalogueEntrySchema, catalogueOf, publishedCatalogue, type CatalogueEvent } from './catalogue.js';
import type { Configs, SubscriptionRow, Subscriptions } from './documents.js';
import { Tenant, type Credentials } from './tenant.js';
import { withTenantApplication, type Applications } from '../svix/application.js';
import type { SvixSide } from '../svix/svix-side.js';
import { Usage } from './usage.js';

export const WEBHOOK_SCOPES = ['webhook.subscription_read', 'webhook.subscription_manage'] as const;

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month as YYYY-MM');

/** How a tenant is written in a seed; everything but its name can be left out. */
export const tenantSeedSchema = z.strictObject({
  tenant: z.string().regex(/^[a-z0-9][a-z0-9_-]*$/, 'must be lower case'),
  credentials: z
    .array(
      z.strictObject({
        clientId: z.string().min(1),
        clientSecret: z.string().min(1),
        scopes: z.array(z.string()).optional(),
      }),
    )
    .optional(),
  languages: z
    .array(z.string().regex(/^[a-z]{2}$/))
    .min(1)
    .optional(),
  catalogue: z.array(catalogueEntrySchema).optional(),
  limit: z.int().nonnegative().optional(),
  usage: z.record(month, z.int().nonnegative()).optional(),
  configs: z.array(z.looseObject({ code: z.string().min(1) })).optional(),
  subscriptions: z
    .array(
      z.strictObject({
        eventType: z.string().min(1),
        subscription: z.enum(['SUBSCRIBED', 'UNSUBSCRIBED', 'NONE']).default('SUBSCRIBED'),
        version: z.int().positive().default(1),
        excludedFields: z.array(z.string()).default([]),
      }),
    )
    .optional(),
  svix: z.strictObject({ apiKeys: z.array(z.string().min(1)) }).optional(),
});

export type TenantSeed = z.input<typeof tenantSeedSchema>;

export interface SeedContext {
  readonly quirks: Quirks;
  readonly random: Random;
  readonly now: number;
  readonly svix: SvixSide;
}

/** Makes a tenant of a seed. Refuses with 400 what the API would refuse. */
export function plantTenant(seed: z.infer<typeof tenantSeedSchema>, context: SeedContext): Tenant {
  const catalogue = seed.catalogue === undefined ? defaultCatalogue(context.quirks) : catalogueOf(seed.catalogue);
  const rules: ConfigRules = { catalogue, quirks: context.quirks, random: context.random };
  const configs = seed.configs === undefined ? freshConfigs(context.quirks) : plantConfigs(seed.configs, rules);
  const apiKeys = seed.svix?.apiKeys ?? [];
  context.svix.tokens.forget(seed.tenant);
  for (const value of apiKeys) context.svix.tokens.addKey(seed.tenant, value);
  return new Tenant({
    name: seed.tenant,
    credentials: seed.credentials?.map((key) => ({ ...key, scopes: key.scopes ?? WEBHOOK_SCOPES })) ?? [
      defaultCredentials(seed.tenant),
    ],
    languages: seed.languages ?? ['en', 'de'],
    catalogue,
    usage: new Usage(seed.limit ?? context.quirks.newTenantLimit, Object.entries(seed.usage ?? {})),
    documents: {
      configs,
      subscriptions: plantSubscriptions(seed.subscriptions ?? [], catalogue, context.now),
      applications: plantApplications(seed.tenant, configs, apiKeys, context),
    },
  });
}

function defaultCredentials(tenant: string): Credentials {
  return { clientId: `${tenant}-id`, clientSecret: `${tenant}-secret`, scopes: WEBHOOK_SCOPES };
}

function defaultCatalogue(quirks: Quirks): ReadonlyMap<string, CatalogueEvent> {
  const all = publishedCatalogue();
  return quirks.catalogueWithoutSchemas === 'listed'
    ? all
    : new Map([...all].filter(([, event]) => event.schema !== null));
}

function freshConfigs(quirks: Quirks): Configs {
  const config: StoredConfig = { provider: 'SVIX_SHARED', code: 'svix_shared', active: true };
  return new Map(quirks.freshTenantConfigs === 'svix-shared' ? [[config.code, config]] : []);
}

function plantConfigs(seeds: readonly { readonly code: string }[], rules: ConfigRules): Configs {
  const configs = new Map<string, StoredConfig>();
  for (const seed of seeds) {
    const { problems } = loadContract().judgeRequest('createConfig', {
      params: { tenant: 'seed' },
      query: {},
      headers: {},
      body: seed,
    });
    if (problems.length > 0) refuseInvalid(problems.map((problem) => `config ${seed.code}: ${problem}`));
    const write = configWriteSchema.parse(seed);
    const firstActive = ![...configs.values()].some((config) => config.active);
    const config = toConfig(seed.code, write.active ?? firstActive, write, undefined, { ...rules, seeding: true });
    if ([...configs.values()].some((other) => other.provider === config.provider))
      refuseInvalid([`config ${seed.code}: a second ${config.provider}`]);
    configs.set(config.code, config);
  }
  if ([...configs.values()].filter((config) => config.active).length > 1)
    refuseInvalid(['configs: only one can be active']);
  return configs;
}

function plantApplications(
  tenant: string,
  configs: Configs,
  apiKeys: readonly string[],
  context: SeedContext,
): Applications {
  const none: Applications = new Map();
  const isShared = [...configs.values()].some(({ provider }) => provider === 'SVIX_SHARED');
  const shared = isShared ? withTenantApplication(none, 'shared', tenant, context) : none;
  return apiKeys.length === 0 ? shared : withTenantApplication(shared, 'own', tenant, context);
}

function plantSubscriptions(
  seeds: readonly {
    readonly eventType: string;
    readonly subscription: SubscriptionRow['state'];
    readonly version: number;
    readonly excludedFields: readonly string[];
  }[],
  catalogue: ReadonlyMap<string, CatalogueEvent>,
  now: number,
): Subscriptions {
  const unknown = seeds.filter((seed) => !catalogue.has(seed.eventType.toLowerCase()));
  if (unknown.length > 0)
    refuseInvalid(unknown.map((seed) => `subscriptions: there is no event type ${seed.eventType}`));
  return new Map(
    seeds.map(({ eventType, subscription: state, version, excludedFields }) => [
      eventType.toLowerCase(),
      { state, version, createdAt: now, modifiedAt: now, excludedFields },
    ]),
  );
}
