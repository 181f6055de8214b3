import { describe, expect, it } from 'vitest';

import { BodyMemo, type EventSubscription } from '../src/index.js';
import { clientOf, rejection } from './support/client.js';
import { serve, type Reply } from './support/server.js';

const BODY = '[{"event":{"type":"a.b"},"subscription":"SUBSCRIBED","metadata":{"version":3}}]';
const answered =
  (body: string, status = 200): Reply =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);

/** Reads `times` times and says what came of each, and how often it was parsed. */
async function readings(replies: readonly [Reply, ...Reply[]], read = (rows: EventSubscription[]): unknown => rows) {
  const server = await serve(...replies);
  const { webhooks } = clientOf(server, { retry: false });
  const memo = new BodyMemo<unknown>();
  const results: unknown[] = [];
  let parsed = 0;
  const counted = (rows: EventSubscription[]): unknown => {
    parsed += 1;
    return read(rows);
  };
  for (const _ of replies) {
    results.push(await webhooks.readSubscriptions(memo, counted).catch((error: unknown) => error));
  }
  return { results, parsed };
}

describe('subscriptions that are read with a memo', () => {
  it('are parsed once for as long as not a byte changes', async () => {
    const { results, parsed } = await readings([answered(BODY), answered(BODY), answered(BODY)]);
    expect(results[0]).toEqual(JSON.parse(BODY));
    expect(results[1]).toBe(results[0]);
    expect(results[2]).toBe(results[0]);
    expect(parsed).toBe(1);
  });

  it('are parsed anew when a byte differs, also back to what it was before the last', async () => {
    const other = BODY.replace('3', '4');
    const { results, parsed } = await readings([answered(BODY), answered(other), answered(BODY), answered(`${BODY} `)]);
    expect(results).toEqual([BODY, other, BODY, BODY].map((text) => JSON.parse(text) as unknown));
    expect(parsed).toBe(4);
  });

  it('are not taken from an answer that is no success, however alike, and the memo outlives it', async () => {
    const { results, parsed } = await readings([answered(BODY), answered(BODY, 503), answered(BODY)]);
    expect(results[1]).toMatchObject({ name: 'ServerError', status: 503 });
    expect(results[2]).toBe(results[0]);
    expect(parsed).toBe(1);
  });

  it('are not remembered when they could not be read', async () => {
    const { results } = await readings([answered('{}'), answered('{}'), answered(BODY)]);
    expect(results).toMatchObject([{ name: 'ResponseFormatError' }, { name: 'ResponseFormatError' }, [{}]]);
  });

  it('are what one memo saw, and no other', async () => {
    const server = await serve(answered(BODY));
    const { webhooks } = clientOf(server);
    const of = (name: string) => webhooks.readSubscriptions(new BodyMemo<string>(), () => name);
    expect(await Promise.all([of('acme'), of('other')])).toEqual(['acme', 'other']);
    expect(await rejection(webhooks.readSubscriptions(new BodyMemo(), () => fail()))).toMatchObject({ message: 'no' });
  });
});

function fail(): never {
  throw new Error('no');
}
