import { z } from 'zod';
import { findApplication, withApplication } from '../application.js';
import type { SvixHandler } from '../call.js';
import { refuseMember, refuseSvix, refuseUnknown } from '../errors.js';
import { grantPortalAccess } from '../portal-access.js';
import { CAPABILITIES } from '../token.js';
import { applicationInputSchema, makeOrChange } from './applications.js';

const WEEK_SECONDS = 604_800;

const requestSchema = z.object({
  capabilities: z.array(z.enum(CAPABILITIES)).nullable().optional(),
  featureFlags: z.array(z.string()).default([]),
  expiry: z.number().nullable().optional(),
  application: applicationInputSchema.nullable().optional(),
});

/** Makes the application too when it is given and there is none yet. */
export const createAppPortalAccess: SvixHandler = (call) => {
  const { capabilities, featureFlags, expiry, application: given } = requestSchema.parse(call.body);
  const asked = call.params['appId'] ?? '';
  const known = findApplication(call.applications, 'own', asked);
  if (known === undefined && (given === null || given === undefined)) refuseUnknown();
  if (known === undefined && given?.uid !== asked) refuseMember('application', 'its uid must be the one of the path');
  const application = known ?? makeOrChange(call, undefined, given ?? refuseUnknown());
  const grant = {
    tenant: call.tenant.name,
    capabilities: capabilities ?? CAPABILITIES,
    featureFlags,
    lifetimeSeconds: expiry ?? WEEK_SECONDS,
  };
  const { url, token } = grantPortalAccess(application, grant, call);
  return {
    answer: { status: 200, body: { url, token: token.value } },
    ...(known === undefined ? { applications: withApplication(call.applications, application) } : {}),
    grant: token,
  };
};

export const logout: SvixHandler = ({ token }) => {
  if (token.kind === 'organisation') refuseSvix(403, 'insufficient access', 'A key of the account cannot be ended.');
  return { answer: { status: 204 }, endsToken: true };
};
