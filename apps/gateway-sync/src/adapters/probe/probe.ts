import { lookup as resolve, type LookupAddress } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Probe, ProbeMethod, Reachability } from '../../core/ports.js';
import { isPrivateAddress } from './private-address.js';

export interface ProbeOptions {
  /** For one request. */
  readonly timeoutMs: number;
  readonly userAgent: string;
}

const METHODS: readonly ProbeMethod[] = ['HEAD', 'OPTIONS'];

/** A name that leads into a private network; nothing was sent. */
class PrivateHostError extends Error {}

/** Sends HEAD and then OPTIONS: no body, no credentials, and no redirect is followed. */
export function createProbe({ timeoutMs, userAgent }: ProbeOptions): Probe {
  return {
    ask: async (url, { anywhere }, signal) => {
      const parsed = new URL(url);
      if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return { kind: 'unsupported' };
      const statuses: number[] = [];
      let reason = '';
      for (const method of METHODS) {
        try {
          const limited = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
          const status = await statusOf(parsed, { method, anywhere, userAgent, signal: limited });
          if (status >= 200 && status < 300) return { kind: 'reachable', method };
          statuses.push(status);
        } catch (error) {
          signal.throwIfAborted();
          if (error instanceof PrivateHostError) return { kind: 'private' };
          reason = `${method}: ${reasonOf(error, timeoutMs)}`;
        }
      }
      return verdict(statuses, reason);
    },
  };
}

function verdict(statuses: readonly number[], reason: string): Reachability {
  return statuses.length > 0 ? { kind: 'refused', statuses } : { kind: 'unanswered', reason };
}

interface Question {
  readonly method: ProbeMethod;
  readonly anywhere: boolean;
  readonly userAgent: string;
  readonly signal: AbortSignal;
}

function statusOf(
  { protocol, hostname, port, pathname, search }: URL,
  { method, anywhere, userAgent, signal }: Question,
): Promise<number> {
  const host = hostname.replace(/^\[|\]$/g, '');
  // An address is not looked up, so it is judged here.
  if (!anywhere && isIP(host) !== 0 && isPrivateAddress(host)) return Promise.reject(new PrivateHostError(host));
  const send = protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((done, fail) => {
    const request = send({
      method,
      host,
      port,
      // Not the URL itself: a user in it would be sent as a header.
      path: `${pathname}${search}`,
      headers: { accept: '*/*', 'user-agent': userAgent },
      agent: false,
      signal,
      ...(!anywhere && { lookup: publicLookup }),
    });
    request.on('response', (response) => {
      response.destroy();
      done(response.statusCode ?? 0);
    });
    request.on('error', fail);
    request.end();
  });
}

/** Judges the very addresses that are connected to, so that no second look-up can lead elsewhere. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses: readonly LookupAddress[]) => {
    const [first] = addresses ?? [];
    if (error || !first) return callback(error ?? new Error(`${hostname} has no address`), []);
    if (addresses.some(({ address }) => isPrivateAddress(address))) return callback(new PrivateHostError(hostname), []);
    return options.all === true ? callback(null, [...addresses]) : callback(null, first.address, first.family);
  });
};

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause : error;
  if (cause.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
