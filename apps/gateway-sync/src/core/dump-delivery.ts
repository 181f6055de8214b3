import type { ObservedConfig, ObservedHttp } from './delivery.js';
import { dumpTargets } from './dump-targets.js';
import type { Dumped, ValueWriter } from './dump-values.js';
import type { DumpNote } from './dump-words.js';
import type { JsonObject } from './json.js';
import { compareText } from './order.js';
import type { ObservedSubscription, Prune } from './state.js';

export interface DumpWish {
  /** Whether settings that are as they would be without being named are written too. */
  readonly full: boolean;
  /** As the file says. */
  readonly prune: Prune;
}

/** The active delivery config as the file writes it; no value when none is active. */
export function dumpDelivery(
  configs: readonly ObservedConfig[],
  catalogue: readonly ObservedSubscription[],
  writer: ValueWriter,
  { full, prune }: DumpWish,
): Dumped<JsonObject | undefined> {
  const active = configs.find((config) => config.active);
  const others = configs.filter((config) => config !== active).toSorted((a, b) => compareText(a.code, b.code));
  const notes = others.map(({ code, provider }): DumpNote => ({
    path: ['delivery'],
    message: `the config ${code} (${provider}) is not active and not part of this file`,
  }));
  if (!active) {
    const message = 'no delivery config is active, so delivery is not managed';
    return { value: undefined, notes: [{ path: [], message }, ...notes.map((note) => ({ ...note, path: [] }))] };
  }
  const { code, provider, http } = active;
  const obstacle = whyUnmanaged(active, others, prune);
  if (obstacle !== undefined) {
    return { value: undefined, notes: [{ path: [], message: `delivery is not managed: ${obstacle}` }] };
  }
  const written = { provider, code, ...(full && { active: true }) };
  if (provider === 'SVIX') {
    notes.push({
      path: ['delivery'],
      message: 'the apiKey cannot be read and stays as it is; without it here, the config cannot be created anew',
    });
  }
  if (provider !== 'HTTP' || !http) return { value: written, notes };
  const settings = dumpHttp(http, catalogue, writer, full);
  return { value: { ...written, ...settings.value }, notes: [...notes, ...settings.notes] };
}

/** A file that names the config would be told more, or remove more, than is there. */
function whyUnmanaged(
  { code, provider, http }: ObservedConfig,
  others: readonly ObservedConfig[],
  prune: Prune,
): string | undefined {
  if (provider === 'HTTP' && !http) return `the service does not show the configuration of ${code}`;
  if (prune !== 'all' || others.length === 0) return undefined;
  return `with prune: all the configs beside ${code} would be removed (${others.map((other) => other.code).join(', ')})`;
}

function dumpHttp(
  { destinationUrl, secretKeyExists, headers, targets }: ObservedHttp,
  catalogue: readonly ObservedSubscription[],
  writer: ValueWriter,
  full: boolean,
): Dumped<JsonObject> {
  const url = destinationUrl === undefined ? undefined : writer.url(destinationUrl, ['delivery', 'destinationUrl']);
  const common = writer.headers(headers, ['delivery', 'headers']);
  const entries = dumpTargets(targets, catalogue, writer, full);
  const unreadable = { path: ['delivery'], message: 'its secretKey cannot be read and stays as it is' };
  return {
    value: {
      ...(url && { destinationUrl: url.value }),
      ...((full || Object.keys(headers).length > 0) && { headers: common.value }),
      ...(entries.value && (full || entries.value.length > 0) && { targets: entries.value }),
    },
    notes: [...(secretKeyExists ? [unreadable] : []), ...(url?.notes ?? []), ...common.notes, ...entries.notes],
  };
}
