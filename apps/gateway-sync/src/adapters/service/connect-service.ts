import {
  ApiError,
  ApiStatusError,
  ApiTransportError,
  createServiceApi,
  serviceProblemCodeValues,
  InvalidArgumentError,
  type ServiceApi,
} from '@gateway-sync/api';
import { ServiceError } from '../../core/errors.js';
import type { Secret } from '../../core/secret.js';

export interface ServiceAddress {
  /** Where the service listens. */
  readonly url: string;
  /** Absent: only what is open can be read. */
  readonly token?: Secret;
  readonly userAgent: string;
}

/** A person waits for the answer. */
const PATIENCE = { timeoutMs: 10_000, totalTimeoutMs: 20_000 } as const;

/** Asks a running service. What fails rejects with a {@link ServiceError}, but for an abort. */
export async function askService<Answer>(
  { url, token, userAgent }: ServiceAddress,
  ask: (service: ServiceApi) => Promise<Answer>,
): Promise<Answer> {
  try {
    const baseUrl = url.replace(/\/+$/, '');
    return await ask(createServiceApi({ baseUrl, userAgent, ...PATIENCE, ...(token && { token: token.reveal() }) }));
  } catch (error) {
    throw translated(error, url);
  }
}

function translated(error: unknown, url: string): unknown {
  if (error instanceof InvalidArgumentError)
    return new ServiceError(`the service cannot be asked: ${error.message}`, { cause: error });
  if (!(error instanceof ApiError) || error.code === 'aborted') return error;
  if (error instanceof ApiStatusError) {
    const { message, details, code } = error.problem;
    if (!PROBLEM_CODES.has(code)) return stranger(error, url, `${error.status} ${message}`);
    const remedy = REMEDIES.get(code) ?? error.problem.remedy;
    const told = [`${url} refuses: ${message}`, ...details.map((detail) => `  ${detail}`)].join('\n');
    return new ServiceError(told, {
      cause: error,
      ...(code !== undefined && { code }),
      ...(remedy !== undefined && { remedy }),
    });
  }
  if (error instanceof ApiTransportError) {
    const remedy = url.startsWith('https:')
      ? `${NOBODY_THERE}; it speaks http itself, https only behind a proxy`
      : NOBODY_THERE;
    return new ServiceError(`${url} does not answer: ${error.message}`, { cause: error, remedy });
  }
  return stranger(error, url, error.message);
}

const NOBODY_THERE = 'start the service, or name where it listens';

/** Something else answers there, or stands in between. */
function stranger(cause: ApiError, url: string, told: string): ServiceError {
  const remedy = 'name where gateway-sync serve listens';
  return new ServiceError(`${url} does not answer like gateway-sync: ${told}`, { cause, remedy });
}

const PROBLEM_CODES: ReadonlySet<string | undefined> = new Set(serviceProblemCodeValues);

/** In the words of whoever asks, by the code of the problem; the service itself speaks of headers and paths. */
const REMEDIES: ReadonlyMap<string | undefined, string> = new Map([
  ['unauthorized', 'give the token with GATEWAY_SYNC_API_TOKEN or --token-file'],
  ['unknown-tenant', 'gateway-sync status --server lists those that it has'],
  ['paused', 'gateway-sync resume ends the pause'],
]);
