import { AccessToken, createEmporixApi } from '@gateway-sync/api';
import createClient from 'openapi-fetch';
import { request } from 'undici';
import { inTurn, median, throughput } from '../lib/measure.ts';
import type { Bench } from '../lib/report.ts';
import { startStaticServer } from '../lib/static-server.ts';

const TENANT = 'acme';
const PATH = `/webhook/${TENANT}/config`;
const IN_FLIGHT = [1, 10, 50];
const MS = 700;

/** About 1 KB: what the client itself costs shows best where there is little to parse. */
const BODY = JSON.stringify(
  Array.from({ length: 6 }, (_, index) => ({
    code: `config-${index}`,
    provider: 'SVIX_SHARED',
    active: index === 0,
    configuration: { description: 'the Event Gateway of the shop, as it was set up in the portal' },
  })),
);

/** The client of packages/api with token, retries and timeouts on, beside what one would use without it. */
export const bench: Bench = async ({ runs }) => {
  await using server = await startStaticServer([{ method: 'GET', path: PATH, body: BODY }]);
  const { url } = server;
  const headers = { accept: 'application/json', authorization: 'Bearer token', 'emporix-tenant': TENANT };
  const token = new AccessToken('token');
  const api = createEmporixApi({
    tenant: TENANT,
    baseUrl: url,
    concurrency: Math.max(...IN_FLIGHT),
    auth: { getToken: async () => token, invalidate: () => {} },
  });
  const plain = createClient<Record<string, Record<'get', { responses: object }>>>({ baseUrl: url, headers });

  const candidates = {
    'global fetch': async () => (await fetch(url + PATH, { headers })).json(),
    'openapi-fetch': () => plain.GET(PATH),
    'undici.request': async () => (await request(url + PATH, { headers })).body.json(),
    '@gateway-sync/api': () => api.webhooks.listConfigs(),
  };
  const raw: Record<string, Record<string, number[]>> = {};
  const rows: (string | number)[][] = [];
  for (const inFlight of IN_FLIGHT) {
    const measures = Object.entries(candidates).map(
      ([name, work]) => [name, () => throughput(work, { inFlight, ms: MS })] as const,
    );
    const results = await inTurn(Object.fromEntries(measures), runs);
    raw[inFlight] = results;
    const base = median(results['global fetch'] ?? []);
    for (const [name, values] of Object.entries(results)) {
      rows.push([inFlight, name, Math.round(median(values)), `${(median(values) / base).toFixed(2)} ×`]);
    }
  }
  return [
    {
      title: `Requests a second for a body of ${BODY.length} bytes, beside the global fetch`,
      columns: ['in flight', 'client', 'requests/s', 'ratio'],
      rows,
      raw,
    },
  ];
};
