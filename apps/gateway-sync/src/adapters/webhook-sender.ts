import { createHmac } from 'node:crypto';
import { retryAfterMs } from '@gateway-sync/api';
import type { Attempt } from '../core/notification-attempt.js';
import type { JsonObject } from '../core/json.js';
import type { Clock } from '../core/ports.js';
import type { Secret } from '../core/secret.js';

/** Where to, and how it is signed. */
export interface WebhookTarget {
  readonly url: string;
  /** `whsec_` and the key in base64. */
  readonly secret: Secret;
  readonly timeoutMs: number;
}

export interface SignedMessage {
  readonly id: string;
  readonly payload: JsonObject;
}

/**
 * Posts a message as Standard Webhooks has it. No redirect is followed and no answer is read. Rejects only when aborted; what
 * it tells quotes neither the message nor the address, which may hold a token.
 */
export async function sendWebhook(
  { url, secret, timeoutMs }: WebhookTarget,
  { id, payload }: SignedMessage,
  tools: { readonly clock: Clock; readonly userAgent: string; readonly signal: AbortSignal },
): Promise<Attempt> {
  const body = JSON.stringify(payload);
  const timestamp = Math.floor(tools.clock.now() / 1000);
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': tools.userAgent,
        'webhook-id': id,
        'webhook-timestamp': `${timestamp}`,
        'webhook-signature': signatureOf(`${id}.${timestamp}.${body}`, secret),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([tools.signal, timeout]),
    });
    await response.body?.cancel();
    return attemptOf(response, tools.clock);
  } catch (error) {
    tools.signal.throwIfAborted();
    return { type: 'failed', reason: timeout.aborted ? `no answer within ${timeoutMs / 1000} s` : reasonOf(error) };
  }
}

function signatureOf(content: string, secret: Secret): string {
  const key = Buffer.from(secret.reveal().replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
}

function attemptOf({ status, ok, headers }: Response, clock: Clock): Attempt {
  if (ok) return { type: 'taken', status };
  const waitMs = retryAfterMs(headers, () => clock.now());
  return { type: 'refused', status, ...(waitMs !== undefined && waitMs > 0 && { retryAfterMs: waitMs }) };
}

/** A code such as ECONNREFUSED. A message could quote the address. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : 'the connection broke';
}
