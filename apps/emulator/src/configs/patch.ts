import { Refusal, refuseInvalid, type Answer } from '../http/answer.js';
import { unreachable } from '../unreachable.js';
import type { HttpConfig, StoredConfig } from './config.js';
import { toHttpConfig } from './configuration.js';
import { createEntry, replaceEntries } from './entries.js';
import { removeEntry, upsertEntry, upsertEntryField } from './patch-entry.js';
import { isRemovable, readPatchPath, type PatchTarget } from './patch-path.js';
import { read, readApiKey, readBoolean, readHeaders, readSecret, readUrl } from './patch-values.js';
import type { ConfigRules } from './rules.js';
import { entryListSchema, entryWriteSchema, httpConfigurationSchema, type PatchOperation } from './write.js';

/** The config after the operations up to the first refused one, and that refusal. */
export interface PatchOutcome {
  readonly config: StoredConfig;
  readonly refused?: Answer;
}

/** Applies operations in order and stops at the first one that is refused. */
export function applyPatch(
  config: StoredConfig,
  operations: readonly PatchOperation[],
  rules: ConfigRules,
): PatchOutcome {
  let patched = config;
  for (const operation of operations) {
    try {
      patched = applyOperation(patched, operation, rules);
    } catch (error) {
      if (error instanceof Refusal) return { config: patched, refused: error.answer };
      throw error;
    }
  }
  return { config: patched };
}

function applyOperation(config: StoredConfig, { op, path, value }: PatchOperation, rules: ConfigRules): StoredConfig {
  const target = readPatchPath(path);
  if (target === undefined) return refuseInvalid([`${path}: there is no such path`]);
  if (op === 'REMOVE') {
    if (!isRemovable(target)) return refuseInvalid([`${path}: REMOVE does not work here`]);
    return remove(httpOf(config, path), target, rules);
  }
  if (value === undefined) return refuseInvalid([`${path}: a value is required`]);
  if (target.kind === 'active') return { ...config, active: readBoolean(path, value) };
  if (target.kind === 'configuration') return upsertConfiguration(config, path, value, rules);
  if (target.kind === 'api-key') return upsertApiKey(config, path, value);
  return upsertHttp(httpOf(config, path), target, path, value, rules);
}

type HttpTarget = Exclude<PatchTarget, { kind: 'active' | 'configuration' | 'api-key' }>;

function upsertHttp(
  config: HttpConfig,
  target: HttpTarget,
  path: string,
  value: unknown,
  rules: ConfigRules,
): HttpConfig {
  switch (target.kind) {
    case 'root-url':
      return { ...config, destinationUrl: readUrl(path, value) };
    case 'root-secret':
      return { ...config, secretKey: readSecret(path, value, rules.quirks) };
    case 'root-headers':
      return { ...config, headers: readHeaders(path, value) };
    case 'entry-list':
      return upsertEntryList(config, path, value, rules);
    case 'new-entry':
      return addEntry(config, path, value, rules);
    case 'entry':
      return upsertEntry(config, target.by, read(entryWriteSchema, path, value), rules);
    case 'entry-field':
      return upsertEntryField(config, target.by, target.field, path, value, rules);
    default:
      return unreachable(target);
  }
}

function remove(config: HttpConfig, target: PatchTarget, rules: ConfigRules): HttpConfig {
  if (target.kind === 'entry') return removeEntry(config, target.by, rules);
  return target.kind === 'entry-list' ? { ...config, entries: [] } : { ...config, headers: undefined };
}

function upsertConfiguration(config: StoredConfig, path: string, value: unknown, rules: ConfigRules): StoredConfig {
  const members = Object.keys(Object(value));
  switch (config.provider) {
    case 'SVIX_SHARED':
      return members.length === 0 ? config : refuseInvalid([`${path}: a SVIX_SHARED config has no settings`]);
    case 'SVIX':
      return { ...config, apiKey: readApiKey(`${path}.apiKey`, Object(value).apiKey) };
    case 'HTTP':
      if (members.length === 0) return refuseInvalid([`${path}: value must not be empty`]);
      if (members.includes('apiKey')) return refuseInvalid([`${path}: is no HTTP configuration`]);
      return toHttpConfig(config.code, config.active, read(httpConfigurationSchema, path, value), config, rules);
    default:
      return unreachable(config);
  }
}

function upsertApiKey(config: StoredConfig, path: string, value: unknown): StoredConfig {
  if (config.provider !== 'SVIX') return refuseInvalid([`${path}: the config is not of provider SVIX`]);
  return { ...config, apiKey: readApiKey(path, value) };
}

function upsertEntryList(config: HttpConfig, path: string, value: unknown, rules: ConfigRules): HttpConfig {
  const writes = read(entryListSchema, path, value);
  if (writes.length === 0) refuseInvalid([`${path}: value must not be empty; use REMOVE`]);
  const problems: string[] = [];
  const entries = replaceEntries(config.entries, writes, rules, problems);
  return problems.length === 0 ? { ...config, entries } : refuseInvalid(problems);
}

function addEntry(config: HttpConfig, path: string, value: unknown, rules: ConfigRules): HttpConfig {
  const problems: string[] = [];
  const entry = createEntry(read(entryWriteSchema, path, value), '', rules, problems);
  return problems.length === 0 ? { ...config, entries: [...config.entries, entry] } : refuseInvalid(problems);
}

function httpOf(config: StoredConfig, path: string): HttpConfig {
  return config.provider === 'HTTP' ? config : refuseInvalid([`${path}: the config is not of provider HTTP`]);
}
