import { refuseInvalid } from '../http/answer.js';
import { unreachable } from '../unreachable.js';
import { checkHeaders, checkSecret, checkUrl } from './checks.js';
import type { HttpConfig, StoredConfig } from './config.js';
import { createEntries, replaceEntries } from './entries.js';
import type { ConfigRules } from './rules.js';
import type { ConfigWrite, HttpConfigurationWrite } from './write.js';

/** The stored form of a written config; `previous` is the one with that code until now. Refuses with 400. */
export function toConfig(
  code: string,
  active: boolean,
  write: ConfigWrite,
  previous: StoredConfig | undefined,
  rules: ConfigRules,
): StoredConfig {
  switch (write.provider) {
    case 'SVIX_SHARED':
      return { provider: 'SVIX_SHARED', code, active };
    case 'SVIX': {
      const problems = checkSecret('configuration.apiKey', write.configuration.apiKey);
      if (problems.length > 0) refuseInvalid(problems);
      return { provider: 'SVIX', code, active, apiKey: write.configuration.apiKey };
    }
    case 'HTTP':
      return toHttpConfig(
        code,
        active,
        write.configuration,
        previous?.provider === 'HTTP' ? previous : undefined,
        rules,
      );
    default:
      return unreachable(write);
  }
}

export function toHttpConfig(
  code: string,
  active: boolean,
  write: HttpConfigurationWrite,
  previous: HttpConfig | undefined,
  rules: ConfigRules,
): HttpConfig {
  const problems = [
    ...(write.destinationUrl === undefined ? [] : checkUrl('destinationUrl', write.destinationUrl)),
    ...(write.secretKey === undefined ? [] : checkSecret('secretKey', write.secretKey)),
    ...(write.headers === undefined ? [] : checkHeaders('headers', write.headers)),
  ];
  const writes = write.eventsConfiguration ?? [];
  const entries =
    previous === undefined
      ? createEntries(writes, rules, problems)
      : replaceEntries(previous.entries, writes, rules, problems);
  if (problems.length > 0) refuseInvalid(problems);
  const secretKey = write.secretKey ?? (rules.quirks.omittedSecret === 'keep' ? previous?.secretKey : undefined);
  return {
    provider: 'HTTP',
    code,
    active,
    destinationUrl: write.destinationUrl,
    secretKey,
    headers: write.headers,
    entries,
  };
}
