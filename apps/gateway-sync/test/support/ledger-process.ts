import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { findAccount } from '../../src/adapters/ledger/bundled/account.js';

const BUILT = fileURLToPath(new URL('../../dist/adapters/ledger/index.js', import.meta.url));

/** Opens the bundled ledger, says so, and closes it when its input ends. */
const SCRIPT = `
  const { openLedger } = await import(${JSON.stringify(BUILT)});
  const log = { info() {}, warn() {} };
  try {
    const opened = await openLedger({ dataDir: process.argv[1], clock: { now: Date.now }, log });
    console.log(JSON.stringify({ uid: process.getuid(), key: opened.ledger.fingerprintKey.reveal() }));
    process.stdin.on('end', () => opened.close()).resume();
  } catch (error) {
    console.log(JSON.stringify({ error: error.message }));
  }
`;

export interface LedgerProcess {
  readonly child: ChildProcess;
  /** Its user and the fingerprint key it found or made; or why it could not. */
  readonly said: { readonly uid?: number; readonly key?: string; readonly error?: string };
  /** Lets it close the ledger and end by itself. */
  end(): Promise<void>;
}

/** A process of the built program that has the bundled ledger open; `asOwner`: of the user that `dataDir` belongs to. */
export async function startLedgerProcess(dataDir: string, asOwner = false): Promise<LedgerProcess> {
  const account = await findAccount([dataDir, process.execPath, BUILT], asOwner && process.getuid?.() === 0);
  const { ids, as } = account;
  const { file, args } = as(process.execPath, ['--input-type=module', '-e', SCRIPT, dataDir]);
  const child = spawn(file, args, { ...ids, stdio: ['pipe', 'pipe', 'inherit'], cwd: '/' });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended;
  });
  const chunks: unknown[] = await once(child.stdout, 'data');
  return {
    child,
    said: JSON.parse(String(chunks[0])) as LedgerProcess['said'],
    end: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
