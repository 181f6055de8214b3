import type { OnRead } from '../adapters/desired-file/contents.js';
import { ConfigError } from '../core/errors.js';
import type { ServiceSetup } from '../service-setup.js';
import { startService } from '../service.js';
import type { Serving } from '../serving.js';
import { VERSION } from '../version.js';
import { type Cli, UsageError } from './cli.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { GRACE_MS } from './interrupt.js';
import { checkStart } from './check-start.js';
import { openFile } from './open-file.js';
import type { CommonOptions } from './options.js';

/** Runs the service until SIGTERM or SIGINT; SIGHUP reads the file again. */
export async function serve(cli: Cli, options: CommonOptions): Promise<ExitCode> {
  const contents = new Map<string, string>();
  const readAt = performance.now();
  const file = await openFile(cli, options, (path, content) => contents.set(path, content));
  const serving = await cli.openServing(file, { partial: options.tenant.length > 0 });
  try {
    // Before it is announced to the other replicas, which would stand by.
    await checkStart(file, serving.parts.records);
    const watching = { contents, load: (onRead: OnRead) => openFile(cli, options, onRead) };
    return await serveFile(cli, { file, readAt, watching }, serving);
  } finally {
    await serving.close();
  }
}

type Opened = Required<Pick<ServiceSetup, 'file' | 'readAt' | 'watching'>>;

async function serveFile(cli: Cli, opened: Opened, serving: Serving): Promise<ExitCode> {
  const { logger, env, clock, newId, actor } = cli;
  const { file } = opened;
  const { apiToken, protectReads } = env;
  const setup: ServiceSetup = {
    ...serving.parts,
    ...opened,
    logger,
    clock,
    newId,
    random: Math.random,
    build: { version: VERSION, revision: env.revision },
    actor,
    protectReads,
    ...(apiToken && { apiToken }),
  };
  // From the first moment on: a start with thousands of tenants takes its time, and a signal would end it.
  const signalled = nextSignal();
  const starting = listen(() => startService(setup, env, signalled));
  const onHangup = () => void starting.then((service) => service.reload('signal')).catch(() => undefined);
  process.on('SIGHUP', onHangup);
  try {
    const service = await starting;
    const { url, told: listening } = service.listening;
    logger.info({ listening, url, file: file.path, tenants: file.tenants.length, version: VERSION }, 'serving');
    const signal = await signalled;
    const drain = env.drainMs > 0 ? { drainMs: env.drainMs } : {};
    logger.info({ signal, ...drain }, 'stopping: not ready any more, running applies finish');
    await service.stop(GRACE_MS, env.drainMs);
  } finally {
    process.off('SIGHUP', onHangup);
  }
  logger.info('stopped');
  return EXIT.ok;
}

/** The first signal; a second one ends the process at once, as it does by default. */
function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const signals = ['SIGTERM', 'SIGINT'] as const;
    const onSignal = (signal: NodeJS.Signals) => {
      for (const each of signals) process.off(each, onSignal);
      resolve(signal);
    };
    for (const each of signals) process.on(each, onSignal);
  });
}

async function listen<Service>(start: () => Promise<Service>): Promise<Service> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof ConfigError || !(error instanceof Error) || !('syscall' in error)) throw error;
    throw new UsageError(`cannot listen: ${error.message}; choose another PORT or HOST`, { cause: error });
  }
}
