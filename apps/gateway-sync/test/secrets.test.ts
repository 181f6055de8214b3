import { createEmulator, type Emulator } from '@gateway-sync/emulator';
import { describe, expect, it, vi } from 'vitest';
import { fileText, listening, startApp } from './support/app.js';
import { runProgram, temporaryFile } from './support/program.js';

const CANARY = 'canary-7f3a9c';
const SEED = 'secrets';
const credentials = (tenant: string) => ({ clientId: `${tenant}-id`, clientSecret: `${CANARY}-${tenant}` });
const planted = (tenant: string) => ({ tenant, credentials: [credentials(tenant)] });

/** Ways for an upstream to fail, some of them repeating what they were sent. */
const FAULTS = [
  { kind: 'status', status: 401, body: { fault: { faultstring: `Bearer ${CANARY}` } } },
  { kind: 'status', status: 403 },
  { kind: 'status', status: 500, body: { code: 500, status: 'x', message: `client_secret=${CANARY}-acme refused` } },
  { kind: 'html-body', status: 200 },
  { kind: 'reset' },
] as const;

/** The access tokens that were handed out: an emulator of the same seed makes the same ones. */
async function tokensOf(emulator: Emulator): Promise<string[]> {
  const count = emulator.counts()['requestToken'] ?? 0;
  const twin = createEmulator({ seed: SEED, tenants: [planted('acme')] });
  const tokens: string[] = [];
  for (let index = 0; index < count; index++) {
    const { clientId, clientSecret } = credentials('acme');
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    });
    const response = await twin.fetch(new Request('http://emulator/oauth/token', { method: 'POST', body }));
    tokens.push(((await response.json()) as { access_token: string }).access_token);
  }
  const headers = { authorization: `Bearer ${tokens[0]}` };
  const proof = await emulator.fetch(new Request('http://emulator/webhook/acme/statistics', { headers }));
  expect(proof.status).toBe(200);
  return tokens;
}

describe('secrets', () => {
  it.each(FAULTS)(
    'never show in logs, metrics or health, whatever fails ($kind $status)',
    async (fault) => {
      const app = await startApp({
        tenants: [{ tenant: 'acme', credentials: credentials('acme') }],
        sync: { interval: '50ms', maxInterval: '50ms' },
        emulator: { seed: SEED, tenants: [planted('acme')] },
        beforeStart: (emulator) => {
          for (const operationId of ['requestToken', 'listSubscriptions', 'updateSubscriptions']) {
            emulator.addFault({ ...fault, match: { operationId }, after: 1, times: 2 });
          }
        },
      });
      await app.firstPass();
      await vi.waitFor(async () => expect(await app.metric('reconcile_duration_seconds_count')).toBeGreaterThan(6), {
        timeout: 10_000,
      });
      const pages = await Promise.all(['/metrics', '/health', '/readyz', '/livez'].map((path) => app.get(path)));
      const written = [...app.log, ...pages.map(({ body }) => JSON.stringify(body))].join('\n');
      expect(written).toContain('acme');
      expect(written).not.toContain(`${CANARY}-acme`);
      for (const token of await tokensOf(app.emulator)) expect(written).not.toContain(token);
    },
    20_000,
  );

  it.each(['validate', 'validate --online', 'plan', 'apply', 'dump'])(
    'never show in what %s writes, with --json or without',
    async (command) => {
      const emulator = createEmulator({ tenants: [planted('acme'), planted('beta')] });
      const { url } = await listening(emulator);
      emulator.addFault({ kind: 'status', status: 403, match: { tenant: 'beta' }, times: 'always' });
      const tenants = ['acme', 'beta'].map((tenant) => ({ tenant, credentials: credentials(tenant) }));
      const config = await temporaryFile('shops.yaml', fileText(url, { tenants }));
      const runs = await Promise.all(
        [[], ['--json']].map((flags) =>
          runProgram([...command.split(' '), '--config', config, ...flags], { LOG_LEVEL: 'trace' }),
        ),
      );
      const written = runs.map(({ stdout, stderr }) => stdout + stderr).join('\n');
      expect(written).toContain(command === 'validate' ? 'shops.yaml' : 'acme');
      expect(written).not.toContain(CANARY);
    },
  );
});
