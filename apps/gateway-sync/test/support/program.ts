import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished, vi } from 'vitest';

export const PROGRAM = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface Finished {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Program {
  readonly child: ChildProcess;
  /** What it wrote so far. */
  readonly output: { stdout: string; stderr: string };
  readonly finished: Promise<Finished>;
}

type Environment = Readonly<Record<string, string>>;

/**
 * Starts the built program with nothing in its environment but `env`, and without a ledger unless that names one; it is
 * killed with the test if it still runs.
 */
export function startProgram(args: readonly string[], env: Environment = {}): Program {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: { DATABASE_URL: 'none', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const finished = once(child, 'close').then((): Finished => ({ code: child.exitCode, ...output }));
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await finished;
  });
  return { child, output, finished };
}

/** Runs the built program to its end. */
export function runProgram(args: readonly string[], env: Environment = {}): Promise<Finished> {
  return startProgram(args, env).finished;
}

/** The address that `serve` logs when it listens. */
export function servingAt({ output }: Program): Promise<string> {
  return vi.waitFor(
    () => {
      const url = /"url":"([^"]+)"/.exec(output.stderr)?.[1];
      if (url === undefined) throw new Error(`not serving yet: ${output.stderr}`);
      return url;
    },
    { timeout: 10_000, interval: 20 },
  );
}

/** A file in a folder of its own, which goes with the test. */
export async function temporaryFile(name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-sync-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}
