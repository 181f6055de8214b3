import { type ChildProcess, spawn } from 'node:child_process';

export interface ProgramRun {
  readonly file: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

export interface ProgramEnd {
  /** Null when it was ended by a signal. */
  readonly code: number | null;
  /** What it wrote, on both streams. */
  readonly output: string;
}

const TIMEOUT_MS = 120_000;

/** Runs a program to its end. Rejects when it cannot be started. */
export async function runProgram(run: ProgramRun): Promise<ProgramEnd> {
  const child = await spawned(run, ['ignore', 'pipe', 'pipe'], TIMEOUT_MS);
  let output = '';
  const collect = (chunk: Buffer) => (output += chunk.toString());
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output: output.trim() })));
}

/** Starts a program; rejects when that fails. */
export function spawned(
  { file, args, ...user }: ProgramRun,
  stdio: readonly (number | 'ignore' | 'pipe')[],
  timeout?: number,
): Promise<ChildProcess> {
  const child = spawn(file, args, {
    ...user,
    // Nothing of ours, so that no `PG…` variable and no language of messages reaches it.
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' },
    cwd: '/',
    // A session of its own: Ctrl-C in the terminal is for us to handle.
    detached: true,
    stdio: [...stdio],
    ...(timeout !== undefined && { timeout }),
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => resolve(child));
  });
}
