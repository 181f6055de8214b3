import { refuse } from '../http/answer.js';
import type { Tenant } from '../state/tenant.js';
import { tenantApplication, type Application } from '../svix/application.js';
import { grantPortalAccess } from '../svix/portal-access.js';
import type { Call, Handler } from './call.js';

/** A new link and token each time; both are secrets. */
export const getDashboardAccess: Handler = (call) => {
  const { documents, quirks } = call;
  const shared = [...documents.configs.values()].find((config) => config.provider === 'SVIX_SHARED');
  if (shared === undefined || (quirks.dashboardNeedsActiveConfig && !shared.active)) {
    refuse(404, 'The tenant does not use the shared Svix account.');
  }
  const { tenant, application } = chooseApplication(call);
  const { url, token } = grantPortalAccess(
    application,
    {
      tenant: tenant.name,
      capabilities: quirks.svixCapabilities,
      featureFlags: quirks.svixFeatureFlags,
      lifetimeSeconds: quirks.svixTokenLifetimeSeconds,
    },
    call,
  );
  return { answer: { status: 200, body: { url, token: token.value } }, token };
};

function chooseApplication({ tenant, documents, quirks, others }: Call): {
  readonly tenant: Tenant;
  readonly application: Application;
} {
  const candidates = [
    ...(quirks.svixDashboardApplication === 'other-tenant'
      ? others().map((other) => ({ tenant: other, applications: other.documents.applications }))
      : []),
    { tenant, applications: documents.applications },
  ];
  for (const candidate of candidates) {
    const application = tenantApplication(candidate.applications, 'shared', candidate.tenant.name);
    if (application !== undefined) return { tenant: candidate.tenant, application };
  }
  return refuse(404, 'The tenant has no application in the shared Svix account.');
}
