import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('dist/main.js', import.meta.resolve('gateway-sync/package.json')));

/** Runs a command to its end, its output in this terminal; answers its exit code. */
export async function runCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number | null> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

export interface Service {
  readonly url: string;
  /** Where its log goes. */
  readonly logFile: string;
  lastLogLines(count: number): Promise<string>;
  /** Ends it with SIGTERM; answers its exit code. */
  stop(): Promise<number | null>;
}

/** Starts `gateway-sync serve`; it is not ready yet. */
export async function startService(config: string, port: number, env: NodeJS.ProcessEnv): Promise<Service> {
  const logFile = join(await mkdtemp(join(tmpdir(), 'gateway-sync-demo-')), 'service.log');
  const child: ChildProcess = spawn(process.execPath, [PROGRAM, 'serve', '--config', config], {
    env: { ...env, PORT: String(port), HOST: '127.0.0.1' },
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl-C goes to the whole group of the terminal, and a second signal would end the service before it is done.
    detached: true,
  });
  process.once('exit', () => child.kill());
  child.stderr?.pipe(createWriteStream(logFile));
  const exited = once(child, 'exit') as Promise<[number | null]>;
  return {
    url: `http://127.0.0.1:${port}`,
    logFile,
    lastLogLines: async (count) => (await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-count).join('\n'),
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = await exited;
      return code;
    },
  };
}

/** A port that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo; // listening on TCP
  server.close();
  await once(server, 'close');
  return port;
}
