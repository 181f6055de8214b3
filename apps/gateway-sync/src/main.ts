#!/usr/bin/env node
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import type { Logger } from 'pino';
import type { LedgerLog } from './adapters/ledger/ledger-log.js';
import { createGatewayFactory, budgetOf } from './adapters/emporix/index.js';
import { createProbe } from './adapters/probe/probe.js';
import type { Cli } from './cli/cli.js';
import { confirmOn } from './cli/confirm.js';
import { EXIT, type ExitCode } from './cli/exit-code.js';
import { commandOf, run } from './cli/program.js';
import { errorJson, jsonText } from './cli/render/json.js';
import { createPaint } from './cli/render/paint.js';
import { problemsText } from './cli/render/problems-text.js';
import { ConfigError } from './core/errors.js';
import { type Env, readEnv } from './env.js';
import { type LedgerAccess, ledgerAccess } from './ledger-access.js';
import { createLogger } from './logger.js';
import { openServing } from './serving.js';
import { VERSION } from './version.js';

// Whoever reads the answer may stop reading (`gateway-sync plan | head`); that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(`gateway-sync needs Node 22.12 or newer; this is ${process.version}\n`);
  process.exit(EXIT.error);
}

const CLOCK = { now: Date.now };
/** For one request to a destination. */
const PROBE_TIMEOUT_MS = 5_000;

const args = process.argv.slice(2);
// What ten thousand tenants need for months is to be collected before it is two and a half times as much.
if (commandOf(args) === 'serve') setFlagsFromString('--heap-growing-percent=40');
const env = readEnvironment();
await end(env ? await runWith(env) : EXIT.error);

async function runWith(checked: Env): Promise<ExitCode> {
  const logger = createLogger(checked.logLevel);
  // Where a person waits for an answer, the start of a server is no news.
  const info = commandOf(args) === 'serve' ? 'info' : 'debug';
  const log: LedgerLog = {
    info: (fields, message) => logger[info](fields, message),
    warn: (fields, message) => logger.warn(fields, message),
  };
  const access = ledgerAccess(checked, { clock: CLOCK, log });
  try {
    return await run(args, createCli(checked, logger, access));
  } finally {
    // A command closes what it opens; this is for one that was interrupted while it opened.
    await access.close();
  }
}

function createCli(checked: Env, logger: Logger, access: LedgerAccess): Cli {
  return {
    env: checked,
    stdout: process.stdout,
    stderr: process.stderr,
    logger,
    clock: CLOCK,
    newId: randomUUID,
    actor: `${hostname()}:${process.pid}`,
    openLedger: () => access.get(),
    openServing: async (file, { partial }) => openServing(file, await access.get(), { logger, clock: CLOCK, partial }),
    probe: createProbe({ timeoutMs: PROBE_TIMEOUT_MS, userAgent: `gateway-sync/${VERSION}` }),
    ...(process.stdin.isTTY &&
      process.stderr.isTTY && { confirm: (question) => confirmOn(process.stdin, process.stderr, question) }),
    connect: (file) => {
      const budget = access.current()?.budget(budgetOf(file));
      return createGatewayFactory(file, { userAgent: `gateway-sync/${VERSION}`, ...(budget && { budget }) });
    },
  };
}

function readEnvironment(): Env | undefined {
  try {
    return readEnv();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    if (args.includes('--json')) {
      process.stdout.write(jsonText({ command: commandOf(args), exitCode: EXIT.error, error: errorJson(error) }));
    } else {
      process.stderr.write(problemsText(error, createPaint(false)));
    }
    return undefined;
  }
}

/** Ends the process when everything is written; a pipe takes large answers in parts. */
async function end(exitCode: ExitCode): Promise<never> {
  await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))));
  process.exit(exitCode);
}
