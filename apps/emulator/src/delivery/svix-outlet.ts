import type { SvixConfig, SvixSharedConfig } from '../configs/config.js';
import type { JsonObject } from '../json.js';
import type { Tenant } from '../state/tenant.js';
import { tenantApplication, type Application } from '../svix/application.js';
import { dispatch } from '../svix/dispatch.js';
import { newMessage } from '../svix/message.js';
import type { EmitContext, Recorder } from './emit.js';
import type { EventRecord } from './event-record.js';

/** Hands an event over to Svix, where the endpoints of the tenant's application get it. Counts once. */
export async function sendThroughSvix(
  tenant: Tenant,
  { type, payload }: { readonly type: string; readonly payload: JsonObject },
  config: SvixConfig | SvixSharedConfig,
  record: Recorder,
  context: EmitContext,
): Promise<EventRecord> {
  const application = applicationFor(config, tenant, context);
  if (application === undefined) return record('refused-by-svix');
  const message = newMessage(
    application.id,
    { eventType: type.toLowerCase(), payload },
    {
      now: context.clock.now(),
      random: context.random,
    },
  );
  const event = record('handed-to-svix', { deliveries: message.deliveries, messageId: message.id });
  message.event = event;
  event.counted = 1;
  tenant.usage.add(tenant.usage.monthAt(event.publishedAt), 1, event.publishedAt);
  await dispatch([{ message }], tenant, context);
  return event;
}

/** None when Svix does not know the key of the config, or has no application for the tenant. */
function applicationFor(
  config: SvixConfig | SvixSharedConfig,
  { name, documents }: Tenant,
  { svix, clock }: EmitContext,
): Application | undefined {
  if (config.provider === 'SVIX_SHARED') return tenantApplication(documents.applications, 'shared', name);
  // Emporix sends the key as it stands as the `Authorization` of its calls.
  const key = svix.tokens.find(config.apiKey);
  if (key?.kind !== 'organisation' || key.tenant !== name || key.expiresAt <= clock.now()) return undefined;
  return tenantApplication(documents.applications, 'own', name);
}
