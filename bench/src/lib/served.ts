import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { closing } from './interruption.ts';

export const MAIN = fileURLToPath(new URL('../../../apps/gateway-sync/dist/main.js', import.meta.url));
const PROBE = new URL('service-probe.mjs', import.meta.url).href;
/** Of the system: the bundled server looks for its tools there. */
export const PATH = '/usr/sbin:/usr/bin:/sbin:/bin';
/** As the documentation says to start it. */
export const FLAGS = ['--max-semi-space-size=8'];
const LOOK_EVERY_MS = 5;
const LONGEST_MS = 300_000;
const IDLE_MS = 3_000;
const IDLE_SHARE = 0.05;

export type LogLine = Readonly<Record<string, unknown>> & { readonly msg: string };

/** What `service-probe.mjs` tells. */
export interface ProbeReport {
  readonly rssMiB: number;
  readonly heapMiB: number;
  /** Since the start. */
  readonly cpuSeconds: number;
  /** Sent to the database since the start. */
  readonly statements: number;
  /** How late timers were since the last report, in milliseconds. */
  readonly delay: { readonly p50: number; readonly p99: number; readonly max: number };
}

export interface ServeOptions {
  /** Of the file. */
  readonly text: string;
  /** `none`, an address; absent: the bundled server in `dataDir`. */
  readonly databaseUrl?: string;
  readonly dataDir?: string;
  readonly logLevel?: 'debug' | 'info';
  /** Whether it is measured from within. Default: yes. */
  readonly probed?: boolean;
  /** Hears every line of the log. */
  readonly onLine?: (line: LogLine) => void;
}

/** A real process of the service. */
export interface Served extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  /** Milliseconds from its start until it answered. */
  readonly listeningMs: number;
  /** Milliseconds from its start until it was ready. */
  ready(): Promise<number>;
  /** Since the last report. */
  report(): Promise<ProbeReport>;
  /** The most memory that it ever had. */
  peakRssMiB(): Promise<number>;
  /** Resolves when it hardly works any more. */
  idle(): Promise<void>;
  /** The file says something else from now on; nobody is told. */
  rewrite(text: string): Promise<void>;
}

export async function startServed(options: ServeOptions): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-sync-bench-'));
  const path = join(folder, 'gateway-sync.yaml');
  await writeFile(path, options.text);
  const url = `http://127.0.0.1:${await freePort()}`;
  const startedAt = performance.now();
  const child = fork(MAIN, ['serve', '--config', path], {
    execArgv: options.probed === false ? FLAGS : [...FLAGS, '--import', PROBE],
    env: {
      PATH,
      PORT: new URL(url).port,
      LOG_LEVEL: options.logLevel ?? 'info',
      GATEWAY_SYNC_DATA_DIR: options.dataDir ?? folder,
      ...(options.databaseUrl !== undefined && { DATABASE_URL: options.databaseUrl }),
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const ended = once(child, 'exit');
  const told: string[] = [];
  readLines(child, (line) => {
    if (told.length < 20) told.push(line);
    // oxlint-disable-next-line no-unsafe-type-assertion -- a line of the log of our own program
    const parsed = JSON.parse(line) as LogLine;
    options.onLine?.(parsed);
  });
  /** Milliseconds from its start until a request is answered so. */
  const until = async (probe: string, isSo: (response: Response | undefined) => boolean): Promise<number> => {
    while (!isSo(await fetch(`${url}${probe}`).catch(() => undefined))) {
      const passed = performance.now() - startedAt;
      if (child.exitCode !== null || passed > LONGEST_MS) throw new Error(`The service says: ${told.join('\n')}`);
      await sleep(LOOK_EVERY_MS);
    }
    return performance.now() - startedAt;
  };
  const report = async (): Promise<ProbeReport> => {
    child.send('report');
    // oxlint-disable-next-line no-unsafe-type-assertion -- what service-probe.mjs sends
    const [answer] = (await once(child, 'message')) as [ProbeReport];
    return answer;
  };
  const close = closing(async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true });
  });
  return {
    url,
    pid: child.pid ?? NaN,
    listeningMs: await until('/livez', (response) => response !== undefined),
    ready: () => until('/readyz', (response) => response?.ok === true),
    report,
    peakRssMiB: async () => {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
    },
    idle: async () => {
      for (let busy = 1; busy > IDLE_SHARE;) {
        const { cpuSeconds } = await report();
        await sleep(IDLE_MS);
        busy = ((await report()).cpuSeconds - cpuSeconds) / (IDLE_MS / 1000);
      }
    },
    rewrite: async (text) => {
      await writeFile(`${path}.new`, text);
      await rename(`${path}.new`, path);
    },
    [Symbol.asyncDispose]: close,
  };
}

function readLines(child: ChildProcess, onLine: (line: string) => void): void {
  if (child.stderr) createInterface(child.stderr).on('line', (line) => line.startsWith('{') && onLine(line));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // oxlint-disable-next-line no-unsafe-type-assertion -- it listens on TCP
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
