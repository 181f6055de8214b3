import type { Action, ConfigAction } from './action.js';
import type { ConcealedObject, DesiredDelivery, ObservedConfig } from './delivery.js';
import { reasonOf, type Difference } from './difference.js';
import { writtenWish } from './header-diff.js';
import { configSettings } from './http-diff.js';
import type { JsonObject } from './json.js';
import type { OwnedThing } from './ledger.js';
import { compareText } from './order.js';
import type { Knowledge } from './part.js';
import { configName } from './retire-plan.js';
import type { Fingerprints } from './secret-diff.js';
import { targetSettings, writtenTarget } from './target-diff.js';
import { createdSecretField, secretNames, secretsOf, targetFingerprints } from './target-secrets.js';
import type { WantedTargets } from './wanted-targets.js';

/** The config that the file describes, and what is known of it. */
export interface ConfigContext {
  readonly delivery: DesiredDelivery;
  readonly observed: readonly ObservedConfig[];
  readonly knowledge: Knowledge;
  readonly resolved: WantedTargets;
  /** Another config may have the code that the file wants for it. */
  readonly code: string;
  readonly row: OwnedThing | undefined;
  readonly fingerprints: Fingerprints;
}

/** Created with everything at once; active only where nothing delivers yet, and otherwise switched on when it stands. */
export function createConfig(context: ConfigContext): ConfigAction {
  const { code, delivery, fingerprints, knowledge, observed, resolved, row } = context;
  const targets = resolved.targets.filter(({ withheld }) => !withheld);
  const active = observed.length === 0 && delivery.active;
  const targetSecrets = Object.fromEntries(
    targets.flatMap((target): [string, string][] => {
      const secret = targetFingerprints(target, knowledge)['secretKey'];
      return secret === undefined ? [] : [[createdSecretField(target), secret]];
    }),
  );
  const secrets = [
    ...(delivery.apiKey ? ['apiKey'] : []),
    ...secretNames(delivery),
    ...targets.flatMap(({ id, wish }) => secretNames(wish).map((field) => `targets.${id}.${field}`)),
  ];
  const written = { ...fingerprints, ...targetSecrets };
  const after: JsonObject = {
    ...configSettings(delivery),
    active,
    ...(delivery.targets && { targets: targets.map(({ wish }) => targetSettings(wish)) }),
  };
  return {
    resource: 'config',
    type: 'create',
    id: `config:${code}`,
    name: configName({ code, provider: delivery.provider }),
    code,
    reason: row && !row.pending ? 'drift' : 'missing',
    step: 'prepare',
    before: null,
    after,
    write: {
      type: 'create',
      code,
      provider: delivery.provider,
      active,
      configuration: configuration(delivery, resolved),
    },
    ...(secrets.length > 0 && { secrets }),
    ...(Object.keys(written).length > 0 && { fingerprints: written }),
    row: { key: code, settings: { ...configSettings(delivery), active } },
  };
}

function configuration(
  { destinationUrl, secretKey, headers, apiKey }: DesiredDelivery,
  { targets }: WantedTargets,
): ConcealedObject {
  const entries = targets.filter(({ withheld }) => !withheld).map(({ wish }) => writtenTarget(wish));
  return {
    ...(apiKey && { apiKey }),
    ...(destinationUrl !== undefined && { destinationUrl }),
    ...(secretKey && { secretKey }),
    ...(headers && Object.keys(headers).length > 0 && { headers: writtenWish(headers) }),
    ...(entries.length > 0 && { eventsConfiguration: entries }),
  };
}

/** Sets its settings right; its targets have actions of their own. */
export function updateConfig(
  { code, delivery, fingerprints, row }: ConfigContext,
  difference: Difference,
): ConfigAction {
  const settings = configSettings(delivery);
  return {
    resource: 'config',
    type: 'update',
    id: `config:${code}`,
    name: configName({ code, provider: delivery.provider }),
    code,
    reason: reasonOf(row, settings, fingerprints),
    step: 'prepare',
    before: difference.before,
    after: difference.after,
    write: { type: 'patch', code, operations: difference.operations },
    ...secretsOf(difference.secrets, fingerprints),
    row: { key: code, settings: { ...settings, active: row?.settings['active'] ?? false } },
  };
}

/** Switches the config of the file on when everything in it stands; or off. */
export function activateConfig({ code, delivery, row }: ConfigContext, preparations: readonly Action[]): ConfigAction {
  const { active, provider } = delivery;
  const needs = preparations.filter(({ step }) => step === 'prepare').map(({ id }) => id);
  const settings = configSettings(delivery);
  return {
    resource: 'config',
    type: 'update',
    id: `config:${code}/active`,
    name: configName({ code, provider }),
    code,
    reason: row?.settings['active'] === active ? 'drift' : 'changed',
    step: active ? 'activate' : 'retire',
    ...(active && needs.length > 0 && { needs: needs.toSorted(compareText) }),
    before: { active: !active },
    after: { active },
    write: { type: 'patch', code, operations: [{ op: 'UPSERT', path: '/active', value: active }] },
    row: { key: code, settings },
  };
}
