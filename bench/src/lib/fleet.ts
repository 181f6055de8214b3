import { operations } from '@gateway-sync/api';
import { createEmulator } from '@gateway-sync/emulator';
import { parseDesiredFile } from 'gateway-sync/dist/adapters/desired-file/parse.js';
import type { DesiredFile } from 'gateway-sync/dist/adapters/desired-file/desired-file.js';
import { createGatewayFactory } from 'gateway-sync/dist/adapters/emporix/index.js';
import { reconcile } from 'gateway-sync/dist/core/reconcile.js';
import type { StaticRoute } from './static-server.ts';

const TOKEN_PATH = '/oauth/token';
/** What the file wants: a third of the catalogue, one of it without a field. */
const WANTED = [{ event: 'order.*' }, { event: 'product.*', excludedFields: ['mixins'] }, { event: 'customer.*' }];

export interface Catalogue {
  /** What `listSubscriptions` answers for a tenant in sync. */
  readonly body: string;
  readonly routes: readonly StaticRoute[];
}

/** The answers that a tenant in sync gets from the emulator. */
export async function catalogue(): Promise<Catalogue> {
  const emulator = createEmulator({ seed: 'bench', autoCreateTenants: true });
  const server = await emulator.listen({ port: 0 });
  try {
    const { url } = server;
    const file = fleetFile(url, 1);
    for (const desired of file.tenants) {
      const gateway = createGatewayFactory(file, { userAgent: 'bench' }).for(desired);
      const { signal } = new AbortController();
      const options = { signal, reconcileId: '0', trigger: 'interval', actor: 'bench' } as const;
      const { outcome, error } = await reconcile(desired, { gateway, clock: { now: Date.now } }, options);
      if (outcome !== 'changed') throw new Error(`the tenant of the emulator is ${outcome}`, { cause: error });
    }
    const access = await answer(`${url}${TOKEN_PATH}`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'shop0-id',
        client_secret: 'shop0-secret',
      }),
    });
    // oxlint-disable-next-line no-unsafe-type-assertion -- an answer of the emulator
    const { access_token: token } = JSON.parse(access) as { access_token: string };
    const subscriptions = operations.listSubscriptions.path;
    const body = await answer(`${url}${subscriptions.replace('{tenant}', 'shop0')}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return {
      body,
      routes: [
        { method: 'POST', path: TOKEN_PATH, body: access },
        { method: 'GET', path: subscriptions.replace('{tenant}', '*'), body },
      ],
    };
  } finally {
    await server.close();
  }
}

async function answer(url: string, init: RequestInit): Promise<string> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.text();
}

/** A file whose tenants are in sync with {@link catalogue}. */
export function fleetFile(baseUrl: string, tenants: number): DesiredFile {
  const text = JSON.stringify({
    version: 1,
    emporix: { baseUrl },
    sync: { concurrency: 64 },
    defaults: { subscriptions: WANTED },
    tenants: Array.from({ length: tenants }, (_, index) => ({
      tenant: `shop${index}`,
      credentials: { clientId: `shop${index}-id`, clientSecret: `shop${index}-secret` },
    })),
  });
  const file = parseDesiredFile(text, 'bench.yaml', { env: {}, readFile });
  // More than a file may say, so that it limits nothing.
  return { ...file, emporix: { ...file.emporix, requestsPerSecond: 1_000_000 } };
}

function readFile(): never {
  throw new Error('the file names no other');
}
