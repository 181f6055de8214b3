import { readFile, readlink } from 'node:fs/promises';
import { hostname, platform } from 'node:os';
import { runProgram } from './run-program.js';

/** What sees the same processes: a machine since its start, or a container. */
export interface Machine {
  readonly id: string;
  /** For people. */
  readonly host: string;
}

export async function thisMachine(): Promise<Machine> {
  const host = hostname();
  const [boot, processes] = await Promise.all([bootId(), readlink('/proc/self/ns/pid').catch(() => '')]);
  return { id: `${boot ?? host} ${processes}`.trim(), host };
}

/** Machines made from one image share /etc/machine-id, and none shares this. */
async function bootId(): Promise<string | undefined> {
  if (platform() !== 'darwin') {
    return readFile('/proc/sys/kernel/random/boot_id', 'utf8').then(
      (text) => text.trim(),
      () => undefined,
    );
  }
  const run = runProgram({ file: 'sysctl', args: ['-n', 'kern.bootsessionuuid'] });
  return run.then(
    ({ code, output }) => (code === 0 && output !== '' ? output : undefined),
    () => undefined,
  );
}
