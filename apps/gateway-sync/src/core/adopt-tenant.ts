import type { Action, EndpointAction } from './action.js';
import { adopting, decideAdoption, type Adopted, type Adoption } from './adopt.js';
import { auditChange } from './audit.js';
import { planChecksum } from './checksum.js';
import type { GatewayError } from './errors.js';
import { fingerprintWith } from './fingerprint.js';
import { judgeAnswer, type Answer } from './judge-answer.js';
import { observe } from './observe.js';
import type { Knowledge } from './part.js';
import type { AuditChange, AuditEntry, Clock, Gateway, Ledger } from './ports.js';
import type { ItemResult } from './result.js';
import { send } from './send.js';
import type { DesiredTenant, TenantName } from './state.js';

export interface AdoptPorts {
  readonly gateway: Gateway;
  readonly ledger: Ledger;
  readonly clock: Clock;
}

export interface AdoptOptions {
  readonly signal: AbortSignal;
  /** Names the run in the audit. */
  readonly id: string;
  /** Host and process, for the audit. */
  readonly actor: string;
  readonly unnamed: boolean;
  /** Decide, and write nothing. */
  readonly dryRun: boolean;
}

export interface AdoptionResult extends Adoption {
  readonly tenant: TenantName;
  readonly dryRun: boolean;
  /** What came of the writes; empty in a dry run. */
  readonly results: readonly ItemResult[];
  /** Why a part of the tenant could not be read, or something not be sent. */
  readonly error?: GatewayError;
}

/** Adopts in one tenant: endpoints get their marks first, and one commit of the ledger says the rest. */
export async function adoptTenant(
  tenant: DesiredTenant,
  { gateway, ledger, clock }: AdoptPorts,
  { signal, id, actor, unnamed, dryRun }: AdoptOptions,
): Promise<AdoptionResult> {
  const { instance } = tenant;
  const owned = await ledger.read(tenant.tenant);
  const fingerprint = fingerprintWith(ledger.fingerprintKey, tenant.tenant);
  const knowledge: Knowledge & { owned: typeof owned } = { instance, owned, fingerprint };
  const wish = { unnamed, now: clock.now() };
  const look = async () => {
    const observation = await observe(adopting(tenant), gateway, knowledge, signal);
    const failure = observation.failures?.[0]?.error;
    return { adoption: decideAdoption(tenant, observation, knowledge, wish), ...(failure && { failure }) };
  };

  const first = await look();
  const { adoption } = first;
  const actions = adoption.items.flatMap(({ action }) => (action ? [action] : []));
  const found = { tenant: tenant.tenant, dryRun, ...adoption };
  if (dryRun) return { ...found, results: [], ...(first.failure && { error: first.failure }) };

  const sent = actions.length > 0 ? await write(actions, gateway, signal) : { results: [] };
  const seen = actions.length > 0 ? (await look()).adoption : adoption;
  const results = sent.results.map((result) => verified(result, seen.items));
  const put = seen.items.flatMap(({ row }) => (row ? [row] : []));
  const changes = [
    ...adoption.items.filter(({ row }) => row !== undefined).map((item) => recordChange(item, instance)),
    ...results.map((result): AuditChange => ({ ...auditChange(result), reason: 'adopted' })),
  ];
  if (changes.length > 0) {
    const refused = results.some(({ status }) => status !== 'applied');
    const audit: AuditEntry = {
      tenant: tenant.tenant,
      instance,
      actor,
      reconcileId: id,
      trigger: 'command',
      at: clock.now(),
      outcome: refused ? 'partial' : 'changed',
      checksum: planChecksum(tenant.tenant, actions),
      changes,
    };
    await ledger.commit(tenant.tenant, { put, forget: [] }, audit);
  }
  const error = first.failure ?? sent.error;
  return { ...found, results, ...(error && { error }) };
}

async function write(
  actions: readonly EndpointAction[],
  gateway: Gateway,
  signal: AbortSignal,
): Promise<{ results: readonly ItemResult[]; error?: GatewayError }> {
  const answers = new Map<Action, Answer>();
  const { error } = await send(actions, gateway, signal, (action, answer) => answers.set(action, answer));
  return { results: actions.map((action) => judgeAnswer(action, answers.get(action))), ...(error && { error }) };
}

/** An endpoint that is still to be marked after that was accepted was not marked. */
function verified(result: ItemResult, left: readonly Adopted[]): ItemResult {
  const still = left.some(({ action }) => action?.id === result.action.id);
  if (result.status !== 'applied' || !still) return result;
  return { ...result, status: 'not-applied', message: 'accepted, and reading again shows that nothing changed' };
}

function recordChange({ resource, name, from, row }: Adopted, instance: string): AuditChange {
  return {
    resource,
    type: 'update',
    id: `${resource}:${row?.key ?? name}`,
    name,
    reason: 'adopted',
    before: from === undefined ? null : { instance: from },
    after: { instance },
    secrets: [],
    status: 'applied',
  };
}
