import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { Secret } from '../../src/core/secret.js';

const built = (path: string) => JSON.stringify(new URL(`../../dist/${path}`, import.meta.url).href);

/** Serves the tenants of its arguments, and says when a run starts; no run ever ends. */
const SCRIPT = `
  const { createBullSchedules } = await import(${built('adapters/schedule/bullmq/bull-schedules.js')});
  const { PostgresRunLocks } = await import(${built('adapters/ledger/run-locks.js')});
  const { Secret } = await import(${built('core/secret.js')});
  const [url, instance, ...tenants] = process.argv.slice(1);
  const address = { url: new Secret(url), bundled: false };
  const log = { info() {}, warn() {} };
  const { reconcile } = await createBullSchedules({
    address, instance, log, locks: new PostgresRunLocks(address), clock: { now: Date.now }, onError() {},
    timing: { lockMs: 1_000, stalledMs: 300 },
  });
  await reconcile.start(tenants, { concurrency: 4, spacingMs: () => 0, intervalMs: 3_600_000 }, ({ tenant, trigger }) => {
    console.log(tenant + ' ' + trigger);
    return new Promise(() => {});
  });
`;

export interface ScheduleProcess {
  readonly child: ChildProcess;
  /** Resolves with the next run that starts, as tenant and trigger. */
  nextRun(): Promise<string>;
}

/** A process of the built program that works on the schedule of an instance. */
export function startScheduleProcess(url: Secret, instance: string, tenants: readonly string[]): ScheduleProcess {
  const args = ['--input-type=module', '-e', SCRIPT, url.reveal(), instance, ...tenants];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'close');
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    nextRun: async () => {
      const { value, done } = await lines.next();
      if (done) throw new Error('the process has ended');
      return value;
    },
  };
}
