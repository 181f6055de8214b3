import type { Concealed, ConfigOperation, ConfigWrite, ObservedConfig, Provider } from '../../src/core/delivery.js';
import { ConflictError, RejectedError } from '../../src/core/errors.js';
import { Secret } from '../../src/core/secret.js';

export interface ModelEntry {
  readonly id: string;
  readonly name?: string;
  readonly eventType: string;
  readonly destinationUrl: string;
  readonly secretKey?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly filter?: string;
  readonly excludedFields: readonly string[] | null;
  readonly active: boolean;
}

export interface ModelConfig {
  readonly code: string;
  readonly provider: Provider;
  readonly active: boolean;
  readonly apiKey?: string;
  readonly destinationUrl?: string;
  readonly secretKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly entries?: readonly ModelEntry[];
}

export interface ModelOptions {
  /** Whether activating one config switches the others off, or leaves that to the client. */
  readonly activation?: 'switches' | 'leaves';
  readonly namesReturned?: boolean;
}

/**
 * The rules of delivery configs in memory: one per provider and code, the last active one stays active, an active one is
 * not deleted, ids of entries are given here, secrets are not read back and neither are names, a PATCH is taken wholly or
 * not at all. An entry that is written whole loses the secret that is not written with it.
 */
export class ModelConfigs {
  readonly written: ConfigWrite[] = [];
  #configs: ReadonlyMap<string, ModelConfig>;
  #ids = 0;

  constructor(
    configs: readonly ModelConfig[] = [],
    private readonly options: ModelOptions = {},
  ) {
    this.#configs = new Map(configs.map((config) => [config.code, config]));
  }

  get configs(): readonly ModelConfig[] {
    return [...this.#configs.values()];
  }

  entries(code = 'http'): readonly ModelEntry[] {
    return this.#configs.get(code)?.entries ?? [];
  }

  /** Changes a config as somebody else would. */
  touch(code: string, change: Partial<ModelConfig>): void {
    const config = this.#find(code);
    this.#configs = new Map([...this.#configs, [code, { ...config, ...change }]]);
  }

  read(): ObservedConfig[] {
    return this.configs.map((config) => this.#view(config));
  }

  write(write: ConfigWrite): void {
    this.written.push(write);
    const after = this.#after(write);
    if (hasActive(this.#configs) && !hasActive(after)) conflict('one config stays active');
    this.#configs = after;
  }

  #after(write: ConfigWrite): ReadonlyMap<string, ModelConfig> {
    switch (write.type) {
      case 'create': {
        const { code, provider, active } = write;
        if (this.configs.some((other) => other.code === code || other.provider === provider)) conflict('exists');
        return this.#with({ code, provider, active, ...this.#configuration(write.configuration) });
      }
      case 'replace':
        return refuse('the model knows no PUT');
      case 'patch': {
        if (write.operations.length === 0) refuse('no operations');
        return this.#with(write.operations.reduce((config, one) => this.#apply(config, one), this.#find(write.code)));
      }
      case 'delete': {
        if (this.#find(write.code).active && !write.force) conflict('an active config is not deleted');
        return new Map([...this.#configs].filter(([code]) => code !== write.code));
      }
      default:
        return write satisfies never;
    }
  }

  #with(config: ModelConfig): ReadonlyMap<string, ModelConfig> {
    const others = this.configs.filter(({ code }) => code !== config.code);
    const switches = config.active && this.options.activation !== 'leaves';
    const rest = others.map((other) => (switches ? { ...other, active: false } : other));
    return new Map([...rest, config].map((one) => [one.code, one]));
  }

  #find(code: string): ModelConfig {
    return this.#configs.get(code) ?? refuse(`no config ${code}`);
  }

  #apply(config: ModelConfig, { op, path, value }: ConfigOperation): ModelConfig {
    const [, entryId, field] =
      /^\/configuration\/http\/eventsConfigurationEntry\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
    if (entryId !== undefined) return this.#applyToEntry(config, entryId, field, op, value);
    const entries = config.entries ?? [];
    if (op === 'REMOVE') {
      if (path === '/configuration/http/headers') return { ...config, headers: {} };
      return path === '/configuration/http/eventsConfiguration' ? { ...config, entries: [] } : refuse(`REMOVE ${path}`);
    }
    switch (path) {
      case '/active':
        return { ...config, active: value === true };
      case '/configuration/svix/apiKey':
        return { ...config, apiKey: text(value) };
      case '/configuration/http/destinationUrl':
        return { ...config, destinationUrl: text(value) };
      case '/configuration/http/secretKey':
        return { ...config, secretKey: text(value) };
      case '/configuration/http/headers':
        return { ...config, headers: headersOf(value, 'not empty') };
      case '/configuration/http/eventsConfigurationEntry':
        return { ...config, entries: [...entries, this.#entry(value)] };
      default:
        return refuse(`UPSERT ${path}`);
    }
  }

  #applyToEntry(
    config: ModelConfig,
    id: string,
    field: string | undefined,
    op: ConfigOperation['op'],
    value: Concealed | undefined,
  ): ModelConfig {
    const entries = config.entries ?? [];
    const before = entries.find((entry) => entry.id === id) ?? refuse(`no entry ${id}`);
    if (op === 'REMOVE') return { ...config, entries: entries.filter((entry) => entry !== before) };
    const after = field === undefined ? { ...this.#entry(value), id } : { ...before, ...fieldOf(field, value) };
    return { ...config, entries: entries.map((entry) => (entry === before ? after : entry)) };
  }

  #configuration(value: Concealed): Partial<ModelConfig> {
    const { apiKey, destinationUrl, secretKey, headers, eventsConfiguration } = object(value);
    if (Array.isArray(eventsConfiguration) && eventsConfiguration.length === 0) refuse('empty eventsConfiguration');
    return {
      ...(apiKey !== undefined && { apiKey: text(apiKey) }),
      ...(destinationUrl !== undefined && { destinationUrl: text(destinationUrl) }),
      ...(secretKey !== undefined && { secretKey: text(secretKey) }),
      headers: headersOf(headers ?? {}),
      entries: list(eventsConfiguration).map((entry) => this.#entry(entry)),
    };
  }

  #entry(value: Concealed | undefined): ModelEntry {
    const { id, name, eventType, destinationUrl, secretKey, headers, filter, excludedFields, active } = object(value);
    if (id !== undefined) refuse('ids are given by the service');
    const url = text(destinationUrl);
    if (url === '') refuse('destinationUrl must not be blank');
    return {
      id: `entry-${++this.#ids}`,
      ...(name !== undefined && { name: text(name) }),
      eventType: text(eventType).toLowerCase(),
      destinationUrl: url,
      ...(secretKey !== undefined && { secretKey: text(secretKey) }),
      headers: headersOf(headers ?? {}),
      ...(filter !== undefined && { filter: text(filter) }),
      excludedFields: excludedFields === undefined || excludedFields === null ? null : list(excludedFields).map(text),
      active: active !== false,
    };
  }

  #view({
    code,
    provider,
    active,
    destinationUrl,
    secretKey,
    headers = {},
    entries = [],
  }: ModelConfig): ObservedConfig {
    if (provider !== 'HTTP') return { code, provider, active };
    return {
      code,
      provider,
      active,
      http: {
        ...(destinationUrl !== undefined && { destinationUrl }),
        secretKeyExists: secretKey !== undefined,
        headers: concealed(headers),
        targets: entries.map(({ eventType, secretKey: own, name, headers: ownHeaders, ...entry }) => ({
          ...entry,
          event: eventType,
          ...(this.options.namesReturned && name !== undefined && { name }),
          secretKeyExists: own !== undefined,
          headers: concealed(ownHeaders),
        })),
      },
    };
  }
}

function hasActive(configs: ReadonlyMap<string, ModelConfig>): boolean {
  return [...configs.values()].some(({ active }) => active);
}

function fieldOf(field: string, value: Concealed | undefined): Partial<ModelEntry> {
  switch (field) {
    case 'active':
      return { active: value === true };
    case 'headers':
      return { headers: headersOf(value, 'not empty') };
    case 'excludedFields':
      return { excludedFields: list(value).map(text) };
    case 'destinationUrl':
    case 'name':
    case 'filter':
    case 'secretKey':
      return { [field]: text(value) };
    default:
      return refuse(`field ${field}`);
  }
}

function headersOf(value: Concealed | undefined, rule?: 'not empty'): Record<string, string> {
  const entries = Object.entries(object(value)).map(([name, header]) => [name, text(object(header)['value'])] as const);
  if (rule && entries.length === 0) refuse('headers must not be empty');
  return entries.length > 10 ? refuse('at most ten headers') : Object.fromEntries(entries);
}

function concealed(headers: Readonly<Record<string, string>>): Record<string, Secret> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, new Secret(value)]));
}

function text(value: Concealed | undefined): string {
  const shown = value instanceof Secret ? value.reveal() : value;
  return typeof shown === 'string' && shown.trim() !== '' ? shown : refuse('text expected');
}

function list(value: Concealed | undefined): readonly Concealed[] {
  return Array.isArray(value) ? value : value === undefined ? [] : refuse('a list expected');
}

function object(value: Concealed | undefined): Readonly<Record<string, Concealed | undefined>> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Secret);
  return isObject ? Object.fromEntries(Object.entries(value)) : refuse('an object expected');
}

function refuse(message: string): never {
  throw new RejectedError(message, { operation: 'patchConfig', status: 400 });
}

function conflict(message: string): never {
  throw new ConflictError(message, { operation: 'patchConfig', status: 409 });
}
