import { checkDeletion, settleActivation } from '../configs/activation.js';
import { toConfig } from '../configs/configuration.js';
import type { StoredConfig } from '../configs/config.js';
import { applyPatch } from '../configs/patch.js';
import type { ConfigRules } from '../configs/rules.js';
import { viewConfig, viewConfigRow } from '../configs/view.js';
import { configCreationSchema, configWriteSchema, patchOperationsSchema, type ConfigWrite } from '../configs/write.js';
import { refuse, type Answer } from '../http/answer.js';
import type { Quirks } from '../quirks.js';
import { withoutMember } from '../state/documents.js';
import { withTenantApplication } from '../svix/application.js';
import type { Call, Handler } from './call.js';

export const listConfigs: Handler = ({ documents, quirks }) => {
  const configs = [...documents.configs.values()].map((config) => viewConfigRow(config, quirks));
  if (quirks.configListShape === 'array') return { answer: { status: 200, body: configs } };
  return { answer: { status: 200, body: { configs }, offContract: 'quirk configListShape' } };
};

export const getConfig: Handler = (call) => ({ answer: { status: 200, body: viewConfig(find(call), call.quirks) } });

export const createConfig: Handler = (call) => {
  const write = configCreationSchema.parse(call.body);
  const configs = [...call.documents.configs.values()];
  refuseSecondOfProvider(configs, write);
  if (call.documents.configs.has(write.code)) refuse(409, `Code ${write.code} is in use.`);
  const active = write.active ?? !configs.some((config) => config.active);
  const after = toConfig(write.code, active, write, undefined, rulesOf(call));
  return { answer: { status: 201, body: { code: after.code } }, ...store(call, undefined, after) };
};

export const replaceConfig: Handler = (call) => {
  const before = find(call);
  const write = configWriteSchema.parse(call.body);
  checkProvider(before, write, call);
  const after = toConfig(before.code, write.active ?? before.active, write, before, rulesOf(call));
  return { answer: written(after, call.quirks), ...store(call, before, after) };
};

export const patchConfig: Handler = (call) => {
  const before = find(call);
  const { config: after, refused } = applyPatch(before, patchOperationsSchema.parse(call.body), rulesOf(call));
  if (refused !== undefined && call.quirks.multiOpPatch === 'atomic') return { answer: refused };
  return { answer: refused ?? written(after, call.quirks), ...store(call, before, after) };
};

export const deleteConfig: Handler = (call) => {
  const config = find(call);
  checkDeletion(call.documents.configs, config, call.query['force'] === true, call.quirks);
  const { deleteStatus } = call.quirks;
  return {
    answer: deleteStatus === 204 ? { status: 204 } : { status: deleteStatus, offContract: 'quirk deleteStatus' },
    documents: { ...call.documents, configs: withoutMember(call.documents.configs, config.code) },
  };
};

function find({ documents, params }: Call): StoredConfig {
  return documents.configs.get(params['code'] ?? '') ?? refuse(404, `There is no config ${params['code'] ?? ''}.`);
}

function rulesOf({ tenant, quirks, random }: Call): ConfigRules {
  return { catalogue: tenant.catalogue, quirks, random };
}

function store(call: Call, before: StoredConfig | undefined, after: StoredConfig) {
  const { documents, tenant, quirks } = call;
  const applications =
    after.provider === 'SVIX_SHARED'
      ? withTenantApplication(documents.applications, 'shared', tenant.name, call)
      : documents.applications;
  return {
    documents: { ...documents, configs: settleActivation(documents.configs, after, quirks), applications },
    probe: { before, after },
  };
}

function checkProvider(before: StoredConfig, write: ConfigWrite, { documents, quirks }: Call): void {
  if (write.provider === before.provider) return;
  if (quirks.providerChange !== 'accept') {
    refuse(
      quirks.providerChange === 'reject-409' ? 409 : 400,
      `Config ${before.code} is of provider ${before.provider}.`,
    );
  }
  refuseSecondOfProvider([...documents.configs.values()], write);
}

function refuseSecondOfProvider(configs: readonly StoredConfig[], { provider }: ConfigWrite): void {
  if (configs.some((config) => config.provider === provider))
    refuse(409, `Provider ${provider} is configured already.`);
}

function written(config: StoredConfig, quirks: Quirks): Answer {
  if (quirks.writeStatus === 204) return { status: 204 };
  return { status: 200, body: viewConfig(config, quirks), offContract: 'quirk writeStatus' };
}
