import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inTurn, median } from '../lib/measure.ts';
import { startPostgres } from '../lib/postgres.ts';
import type { Bench } from '../lib/report.ts';
import { MAIN, PATH, startServed } from '../lib/served.ts';
import { fleetText, startUpstream } from '../lib/served-fleet.ts';

interface Measured {
  readonly listeningMs?: number;
  /** Ready, or over. */
  readonly ms: number;
}

/** From nothing to a service that is ready, and to the answer of a command. */
export const bench: Bench = async ({ runs }) => {
  await using postgres = await startPostgres();
  await using upstream = await startUpstream(1);
  await using kept = await temporaryFolder();
  const databaseUrl = await postgres.freshUrl();
  const text = fleetText({ tenants: 1, baseUrl: upstream.url, sync: { interval: '1h', concurrency: 16 } });
  const file = join(kept.path, 'gateway-sync.yaml');
  await writeFile(file, text);

  const serve = async (where: { readonly databaseUrl?: string; readonly dataDir?: string }): Promise<Measured> => {
    await using served = await startServed({ text, probed: false, ...where });
    return { listeningMs: served.listeningMs, ms: await served.ready() };
  };
  const command = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Measured> => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, args, {
      env: { PATH, GATEWAY_SYNC_DATA_DIR: kept.path, LOG_LEVEL: 'warn', ...env },
      stdio: 'ignore',
    });
    await once(child, 'exit');
    return { ms: performance.now() - startedAt };
  };
  const results = await inTurn<string, Measured>(
    {
      'Node doing nothing': () => command(['--eval', '0']),
      '`serve`, `DATABASE_URL`': () => serve({ databaseUrl }),
      '`serve`, `DATABASE_URL=none`': () => serve({ databaseUrl: 'none' }),
      '`serve`, bundled server, first start': async () => {
        await using fresh = await temporaryFolder();
        return serve({ dataDir: fresh.path });
      },
      '`serve`, bundled server, later start': () => serve({ dataDir: kept.path }),
      '`plan`, `DATABASE_URL`': () => command([MAIN, 'plan', '--config', file], { DATABASE_URL: databaseUrl }),
      '`plan`, `DATABASE_URL=none`': () => command([MAIN, 'plan', '--config', file], { DATABASE_URL: 'none' }),
      '`plan`, bundled server': () => command([MAIN, 'plan', '--config', file]),
    },
    runs,
  );
  const [base] = Object.values(results);
  const nothing = median((base ?? []).map(({ ms }) => ms));
  return [
    {
      title: 'Cold start with one tenant, the file system warm',
      columns: ['what', 'listening', 'ready or over', 'beside Node'],
      rows: Object.entries(results).map(([name, measured]) => {
        const ms = median(measured.map((one) => one.ms));
        const listening = measured.flatMap(({ listeningMs }) => listeningMs ?? []);
        return [
          name,
          listening.length > 0 ? `${Math.round(median(listening))} ms` : '',
          `${Math.round(ms)} ms`,
          `${(ms / nothing).toFixed(1)} ×`,
        ];
      }),
      raw: results,
    },
  ];
};

async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'gateway-sync-bench-'));
  await chmod(path, 0o755);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}
