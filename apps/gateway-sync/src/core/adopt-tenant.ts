import type { Action } from './action.js';
import { adopting, decideAdoption, type Adopted, type Adoption } from './adopt.js';
import { unverified } from './attempts.js';
import { auditChange } from './audit.js';
import { planChecksum } from './checksum.js';
import { PausedError, type GatewayError } from './errors.js';
import { fingerprintWith } from './fingerprint.js';
import { judgeAnswer, type Answer } from './judge-answer.js';
import type { OwnedThings } from './ledger.js';
import type { Sent } from './narrow.js';
import { observe } from './observe.js';
import type { Knowledge } from './part.js';
import { pastPause, pauseText, type Pause } from './pause.js';
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
  /** Somebody wants the tenant left alone; absent: nobody does, or it is not to count. */
  readonly pause?: Pause;
}

export interface AdoptionResult extends Adoption {
  readonly tenant: TenantName;
  readonly dryRun: boolean;
  /** What came of the writes; empty in a dry run. */
  readonly results: readonly ItemResult[];
  /** Why a part of the tenant could not be read, or something not be sent. */
  readonly error?: GatewayError;
}

/** Adopts in one tenant: endpoints get their marks first, and one commit of the ledger says the rest. Aborted, it records what was sent until then. Throws a `PausedError` where something would have to be written upstream in a pause. */
export async function adoptTenant(
  tenant: DesiredTenant,
  { gateway, ledger, clock }: AdoptPorts,
  { signal, id, actor, unnamed, dryRun, pause }: AdoptOptions,
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

  if (pause && actions.length > 0) {
    const message = `${tenant.tenant} is ${pauseText(pause)}; nothing was adopted, because endpoints would get our marks`;
    throw new PausedError(message, pastPause(tenant.tenant, 'adopt'));
  }

  const record = (put: OwnedThings, changes: readonly AuditChange[], refused: boolean) => {
    if (changes.length === 0) return undefined;
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
    return ledger.commit(tenant.tenant, { put, forget: [] }, audit);
  };

  const answers = new Map<Action, Answer>();
  const write = async (): Promise<{ sent?: Sent; seen: Adoption }> => {
    if (actions.length === 0) return { seen: adoption };
    const sent = await send(actions, gateway, signal, (action, answer) => answers.set(action, answer));
    return { sent, seen: (await look()).adoption };
  };
  const { sent, seen } = await write().catch(async (error: unknown) => {
    const results = [...answers].map(([action, answer]) => unverified(judgeAnswer(action, answer)));
    if (signal.aborted) await record([], results.map(markChange), true);
    throw error;
  });
  const results = actions.map((action) => verified(judgeAnswer(action, answers.get(action)), seen.items));
  const put = seen.items.flatMap(({ row }) => (row ? [row] : []));
  const recorded = adoption.items.filter(({ row }) => row !== undefined).map((item) => recordChange(item, instance));
  const refused = results.some(({ status }) => status !== 'applied');
  await record(put, [...recorded, ...results.map(markChange)], refused);
  const error = first.failure ?? sent?.error;
  return { ...found, results, ...(error && { error }) };
}

function markChange(result: ItemResult): AuditChange {
  return { ...auditChange(result), reason: 'adopted' };
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
