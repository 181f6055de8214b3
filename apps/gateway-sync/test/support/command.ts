import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(import.meta.resolve('../../dist/main.js'));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
}

/** Starts the built program with nothing in its environment but `env`. */
export function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const child = spawn(process.execPath, [PROGRAM, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const finished = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]).then(
    ([, stdout, stderr]): Finished => ({ code: child.exitCode, stdout, stderr }),
  );
  return { child, finished };
}

/** Runs the built program to its end. */
export function command(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
  return start(args, env).finished;
}
