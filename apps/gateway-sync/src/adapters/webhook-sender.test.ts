import { Webhook } from 'svix';
import { describe, expect, it } from 'vitest';
import { webhookReceiver, type Receiver } from '../../test/support/webhook-receiver.js';
import { Secret } from '../core/secret.js';
import { sendWebhook } from './webhook-sender.js';

const KEY = `whsec_${Buffer.from('a key of at least twenty-four bytes').toString('base64')}`;
const MESSAGE = { id: 'msg_1', payload: { type: 'quota.exhausted', data: { tenant: 'äcme', percent: 100.5 } } };
const clock = { now: Date.now };

const send = ({ url }: Pick<Receiver, 'url'>, timeoutMs = 5_000, signal = new AbortController().signal) =>
  sendWebhook({ url, secret: new Secret(KEY), timeoutMs }, MESSAGE, { clock, userAgent: 'gateway-sync/1', signal });

describe('a webhook', () => {
  it('has a signature that others verify, over exactly what was sent', async () => {
    const receiver = await webhookReceiver((_, response) => response.writeHead(204).end());
    expect(await send(receiver)).toEqual({ type: 'taken', status: 204 });
    const [{ headers, body } = { headers: {}, body: '' }] = receiver.received;
    const signed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    new Webhook(KEY).verify(body, signed);
    expect(JSON.parse(body)).toEqual(MESSAGE.payload);
    expect(() => new Webhook(KEY).verify(`${body} `, signed)).toThrow('No matching signature');
    expect(() => new Webhook(KEY).verify(body, { ...signed, 'webhook-id': 'msg_2' })).toThrow('No matching signature');
    expect(headers).toMatchObject({
      'webhook-id': 'msg_1',
      'content-type': 'application/json',
      'user-agent': 'gateway-sync/1',
    });
  });

  it('is refused by every other status than success, and follows no redirect', async () => {
    const other = await webhookReceiver((_, response) => response.writeHead(204).end());
    const receiver = await webhookReceiver((_, response) => response.writeHead(307, { location: other.url }).end());
    expect(await send(receiver)).toEqual({ type: 'refused', status: 307 });
    expect(other.received).toEqual([]);
  });

  it.each([
    ['120', 120_000],
    ['Fri, 20 Nov 2026 12:02:00 GMT', 120_000],
    ['Fri, 20 Nov 2026 11:00:00 GMT', undefined],
    ['-5', undefined],
    ['soon', undefined],
  ])('heeds Retry-After: %s', async (retryAfter, retryAfterMs) => {
    const receiver = await webhookReceiver((_, response) =>
      response.writeHead(503, { 'retry-after': retryAfter, date: 'Fri, 20 Nov 2026 12:00:00 GMT' }).end(),
    );
    expect(await send(receiver)).toEqual({
      type: 'refused',
      status: 503,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  });

  it('does not wait for an answer that never ends', async () => {
    const receiver = await webhookReceiver((_, response) => {
      response.writeHead(200);
      const more = () => void response.write('x'.repeat(65_536), (error) => error ?? setImmediate(more));
      more();
    });
    expect(await send(receiver)).toEqual({ type: 'taken', status: 200 });
  });

  it('says why there was no answer, and nothing of what was sent or where to', async () => {
    const silent = await webhookReceiver(() => {});
    expect(await send(silent, 50)).toEqual({ type: 'failed', reason: 'no answer within 0.05 s' });
    const broken = await webhookReceiver((request) => request.socket.destroy());
    expect(await send(broken)).toEqual({ type: 'failed', reason: 'UND_ERR_SOCKET' });
    const gone = await webhookReceiver(() => {});
    await gone.close();
    expect(await send(gone)).toEqual({ type: 'failed', reason: 'ECONNREFUSED' });
  });

  it('ends at once when it is aborted', async () => {
    const silent = await webhookReceiver(() => {});
    const aborting = new AbortController();
    const sending = send(silent, 60_000, aborting.signal);
    aborting.abort(new Error('the service stops'));
    await expect(sending).rejects.toThrow('the service stops');
  });
});
