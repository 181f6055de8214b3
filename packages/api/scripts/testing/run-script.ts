import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface ScriptRun {
  readonly process: ChildProcess;
  /** Everything printed so far, both streams in order of arrival. */
  output(): string;
  /** Resolves as soon as the output contains the text; rejects with the output when the process ends before that. */
  prints(text: string): Promise<void>;
  readonly exitCode: Promise<number | null>;
}

/** Starts a script of this folder as people do, in a process of its own; stopped when the test is over. */
export function startScript(script: string, args: readonly string[]): ScriptRun {
  const file = fileURLToPath(new URL(`../${script}`, import.meta.url));
  const child = spawn(process.execPath, ['--experimental-strip-types', '--no-warnings', file, ...args], {
    env: { NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let printed = '';
  const listeners = new Set<() => void>();
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
      for (const listener of listeners) listener();
    });
  }
  const prints = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!printed.includes(text)) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      child.once('close', () => reject(new Error(`ended before it printed ${text}:\n${printed}`)));
      look();
    });
  return { process: child, output: () => printed, prints, exitCode: ended };
}

/** Runs a script to its end. */
export async function runScript(
  script: string,
  args: readonly string[],
): Promise<{ exitCode: number | null; output: string }> {
  const run = startScript(script, args);
  const exitCode = await run.exitCode;
  return { exitCode, output: run.output() };
}
