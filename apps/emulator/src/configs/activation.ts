import { refuse, Refusal, serviceError } from '../http/answer.js';
import type { Quirks } from '../quirks.js';
import type { Configs } from '../state/documents.js';
import type { StoredConfig } from './config.js';

/**
 * All configs after `changed` was created or changed: one that became active switches the others off, and the last
 * active one stays active.
 */
export function settleActivation(before: Configs, changed: StoredConfig, quirks: Quirks): Configs {
  const others = [...before.values()].filter((config) => config.code !== changed.code);
  const active = others.find((config) => config.active);
  if (changed.active && active !== undefined && quirks.activation === 'reject-409') {
    refuse(409, `Config ${active.code} is active; switch it off first.`);
  }
  const wasActive = before.get(changed.code)?.active === true;
  if (wasActive && !changed.active && active === undefined) refuseLastActive(quirks);
  const settled = new Map(before);
  settled.set(changed.code, changed);
  if (changed.active) for (const other of others) settled.set(other.code, { ...other, active: false });
  return settled;
}

/** Refuses the deletion of an active config without `force`, and of the only config. */
export function checkDeletion(before: Configs, config: StoredConfig, force: boolean, quirks: Quirks): void {
  if (!config.active) return;
  if (!force) refuseDeletion(quirks.deleteActive, `Config ${config.code} is active; deleting it needs force=true.`);
  // The others are inactive, as only one can be active: that there is another one is what counts.
  if (before.size === 1 && !quirks.forceDeleteLastActive) refuseDeletion(quirks.lastActive, LAST_ACTIVE);
}

const LAST_ACTIVE = 'One config of a tenant must stay active; activate another one first.';

function refuseLastActive(quirks: Quirks): never {
  refuse(quirks.lastActive, LAST_ACTIVE);
}

/** No 400 is documented for a deletion, so the quirks that ask for one leave the contract. */
function refuseDeletion(status: number, message: string): never {
  const answer = serviceError(status, message);
  throw new Refusal(status === 409 ? answer : { ...answer, offContract: `status ${status} by quirk` });
}
