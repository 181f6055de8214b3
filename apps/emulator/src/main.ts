#!/usr/bin/env node
import { createEmulator } from './emulator.js';
import { HELP, readSettings, type Settings } from './env.js';

/** Listens until SIGINT or SIGTERM. */
async function run({ port, host, seed, autoCreateTenants }: Settings): Promise<void> {
  const emulator = createEmulator({ autoCreateTenants, ...(seed === undefined ? {} : { seed }) });
  const server = await emulator.listen({ port, host });
  console.log(`Emporix emulator   ${server.url}
  token            POST ${server.url}/oauth/token
  webhook service       ${server.url}/webhook/{tenant}/…
  Svix                  ${server.url}/api/v1/…
  control API      GET  ${server.url}/_emulator
${autoCreateTenants ? '  any tenant works: client id <tenant>-id, secret <tenant>-secret' : '  seed tenants with POST /_emulator/seed'}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
}

try {
  const settings = readSettings(process.argv.slice(2));
  if (settings.help) console.log(HELP);
  else await run(settings);
} catch (error) {
  console.error(`emulator: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
