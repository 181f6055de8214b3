import { refuse } from '../http/answer.js';
import type { Tenant } from '../state/tenant.js';
import { createApplication, tenantApplication, type Application } from '../svix/application.js';
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

interface Choice {
  readonly tenant: Tenant;
  readonly application: Application;
}

function chooseApplication(call: Call): Choice {
  const { tenant, documents, quirks } = call;
  if (quirks.svixDashboardApplication === 'other-tenant') return chooseForeign(call);
  const application = tenantApplication(documents.applications, 'shared', tenant.name);
  return {
    tenant,
    application: application ?? refuse(404, 'The tenant has no application in the shared Svix account.'),
  };
}

/** Of another tenant; when nobody else has one, an application that nothing is known of. */
function chooseForeign(call: Call): Choice {
  const known = call.others().flatMap((tenant) => {
    const application = tenantApplication(tenant.documents.applications, 'shared', tenant.name);
    return application === undefined ? [] : [{ tenant, application }];
  });
  const stranger = { name: 'stranger', uid: 'stranger', throttleRate: null, metadata: {} };
  return known[0] ?? { tenant: call.tenant, application: createApplication(stranger, 'shared', call) };
}
