import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Longer than running applies may take to finish. */
const STOP_MS = 60_000;

const PROGRAM = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** One run of one tenant that came to its end, as the log of the process tells it. */
export interface FinishedRun {
  readonly tenant: string;
  readonly reconcileId: string;
  readonly outcome: string;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly pid: number;
}

/** One process of `serve`, from its start to its end. */
export class Replica {
  readonly pid: number;
  readonly runs: FinishedRun[] = [];
  readonly #child: ChildProcess;
  readonly #url = Promise.withResolvers<string>();
  readonly #ended: Promise<void>;
  #isServing = false;
  /** Why it is to end, while it may. */
  #expected: NodeJS.Signals | undefined;

  constructor(child: ChildProcess, log: WriteStream) {
    if (child.pid === undefined || !child.stderr) throw new Error('the program could not be started');
    this.#child = child;
    this.pid = child.pid;
    this.#url.promise.catch(() => undefined);
    createInterface({ input: child.stderr }).on('line', (line) => {
      log.write(`${line}\n`);
      this.#read(line);
    });
    this.#ended = this.#untilClosed(log);
  }

  async #untilClosed(log: WriteStream): Promise<void> {
    await once(this.#child, 'close');
    this.#url.reject(new Error(`replica ${this.pid} ended before it was serving; its log is ${String(log.path)}`));
    log.end();
  }

  /** Where it listens. */
  get url(): Promise<string> {
    return this.#url.promise;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** What ended it although nobody wanted it to end. */
  get accident(): string | undefined {
    if (this.isAlive || this.#expected) return undefined;
    return `replica ${this.pid} ended by itself: ${this.#child.signalCode ?? `exit code ${this.#child.exitCode}`}`;
  }

  /** The status that it answers; undefined when it does not answer within a moment. */
  async status(path: string, patienceMs = 2_000): Promise<number | undefined> {
    try {
      const answer = await fetch(`${await this.url}${path}`, { signal: AbortSignal.timeout(patienceMs) });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return undefined;
    }
  }

  async text(path: string): Promise<string> {
    return (await fetch(`${await this.url}${path}`)).text();
  }

  /** Asks it to read the file again; one that is still starting reads it anyway. */
  reload(): void {
    if (this.#isServing && this.isAlive) this.#child.kill('SIGHUP');
  }

  /** The exit code; null of one that was killed, as is one that does not stop when it is asked to. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    this.#expected = signal;
    if (this.isAlive) this.#child.kill(signal);
    const impatience = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
    await this.#ended;
    clearTimeout(impatience);
    return this.#child.exitCode;
  }

  #read(line: string): void {
    const said = parse(line);
    if (!said) return;
    const { url, tenant, reconcileId, outcome, durationMs, time } = said;
    if (typeof url === 'string') {
      this.#isServing = true;
      this.#url.resolve(url);
    }
    if (typeof durationMs !== 'number' || typeof outcome !== 'string' || typeof reconcileId !== 'string') return;
    if (this.runs.at(-1)?.reconcileId === reconcileId) return;
    const finishedAt = Date.parse(String(time));
    const run = { tenant: String(tenant), reconcileId, outcome, startedAt: finishedAt - durationMs, finishedAt };
    this.runs.push({ ...run, pid: this.pid });
  }
}

export interface ReplicasOptions {
  /** The desired-state file. */
  readonly config: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where each process leaves its log. */
  readonly logs: string;
}

/** Processes of the built program on one database and one file; all that were started, the ended ones too. */
export class Replicas {
  readonly all: Replica[] = [];

  constructor(private readonly options: ReplicasOptions) {}

  get alive(): readonly Replica[] {
    return this.all.filter(({ isAlive }) => isAlive);
  }

  async start(env: Readonly<Record<string, string>> = {}): Promise<Replica> {
    const { config, logs } = this.options;
    await mkdir(logs, { recursive: true });
    const log = createWriteStream(join(logs, `replica-${String(this.all.length + 1).padStart(2, '0')}.log`));
    const child = spawn(process.execPath, [PROGRAM, 'serve', '--config', config], {
      env: { PORT: '0', LOG_LEVEL: 'debug', ...this.options.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const replica = new Replica(child, log);
    this.all.push(replica);
    return replica;
  }

  /** What went wrong with the processes themselves. */
  accidents(): string[] {
    return this.all.flatMap(({ accident }) => (accident === undefined ? [] : [accident]));
  }

  async killAll(): Promise<void> {
    await Promise.all(this.all.map((replica) => replica.end('SIGKILL')));
  }
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>; // every line of the log is an object
  } catch {
    // The end of a line of a process that was killed.
    return undefined;
  }
}
