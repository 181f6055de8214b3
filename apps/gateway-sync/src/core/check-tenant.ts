import { GatewayError } from './errors.js';
import { finding, type CheckName, type Finding } from './finding.js';
import { judgeScopes } from './judge-access.js';
import { judgeCatalogue } from './judge-catalogue.js';
import { destinationsOf, judgeDestination } from './judge-destination.js';
import type { Gateway, Probe } from './ports.js';
import { remedyFor } from './remedy.js';
import type { DesiredTenant } from './state.js';

export interface CheckPorts {
  readonly gateway: Gateway;
  readonly probe: Probe;
}

export interface CheckOptions {
  readonly signal: AbortSignal;
  /** Whether destinations in private networks and on this machine are asked too. */
  readonly anywhere: boolean;
}

/** Looks whether a tenant is such that an apply can work; writes nothing. Rejects only when aborted, and on bugs. */
export async function checkTenant(
  tenant: DesiredTenant,
  { gateway, probe }: CheckPorts,
  options: CheckOptions,
): Promise<readonly Finding[]> {
  const [emporix, destinations] = await Promise.all([
    checkEmporix(tenant, gateway, options.signal),
    checkDestinations(tenant, probe, options),
  ]);
  return [
    ...emporix.filter(({ check }) => check !== 'svix'),
    ...destinations,
    ...emporix.filter(({ check }) => check === 'svix'),
  ];
}

async function checkEmporix(tenant: DesiredTenant, gateway: Gateway, signal: AbortSignal): Promise<Finding[]> {
  const access = await attempt('credentials', tenant, signal, () => gateway.checkAccess(signal));
  if ('finding' in access)
    return [access.finding, ...skipped(tenant, ['scopes', 'catalogue', 'svix'], 'without a token')];
  const scopes = judgeScopes(access.value, tenant);
  const catalogue = await attempt('catalogue', tenant, signal, () => gateway.listSubscriptions(signal));
  return [
    finding('credentials', 'ok', 'a token was issued'),
    scopes,
    ...('finding' in catalogue ? [catalogue.finding] : judgeCatalogue(tenant, catalogue.value.subscriptions)),
    ...(await checkSvix(tenant, gateway, signal)),
  ];
}

async function checkSvix(tenant: DesiredTenant, gateway: Gateway, signal: AbortSignal): Promise<Finding[]> {
  if (!tenant.endpoints) return [];
  const svix = gateway.endpoints;
  if (!svix) return [finding('svix', 'error', 'the file names endpoints, and there is no way to Svix')];
  const checked = await attempt('svix', tenant, signal, async () => {
    const { assumed } = await svix.list(signal);
    if (!assumed) await svix.checkAccess(signal);
    return assumed === true;
  });
  if ('finding' in checked) return [checked.finding];
  return [
    checked.value
      ? finding('svix', 'warning', 'the tenant has no application yet: it comes with an active SVIX_SHARED config')
      : finding('svix', 'ok', 'answers, and the application is the tenant’s'),
  ];
}

async function checkDestinations(
  tenant: DesiredTenant,
  probe: Probe,
  { signal, anywhere }: CheckOptions,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  // One at a time: several may be on one machine.
  for (const destination of destinationsOf(tenant)) {
    findings.push(judgeDestination(destination, await probe.ask(destination.url, { anywhere }, signal)));
  }
  return findings;
}

async function attempt<Value>(
  check: CheckName,
  { tenant }: DesiredTenant,
  signal: AbortSignal,
  ask: () => Promise<Value>,
): Promise<{ readonly value: Value } | { readonly finding: Finding }> {
  try {
    return { value: await ask() };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof GatewayError)) throw error;
    // Svix may be reached with a key of its own.
    const remedy = check === 'svix' ? undefined : remedyFor(error, tenant);
    const hint = remedy ?? (error.transient ? 'trying again later may help' : undefined);
    return { finding: finding(check, 'error', hint === undefined ? error.message : `${error.message}; ${hint}`) };
  }
}

function skipped({ endpoints }: DesiredTenant, checks: readonly CheckName[], why: string): Finding[] {
  return checks
    .filter((check) => check !== 'svix' || endpoints !== undefined)
    .map((check) => finding(check, 'skipped', `not checked ${why}`));
}
