import type { DesiredFile } from '../adapters/desired-file/desired-file.js';
import { ConfigError } from '../core/errors.js';
import type { ServiceSetup } from '../service-setup.js';
import { startService } from '../service.js';
import type { Serving } from '../serving.js';
import { VERSION } from '../version.js';
import { type Cli, UsageError } from './cli.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { GRACE_MS } from './interrupt.js';
import { openFile } from './open-file.js';
import type { CommonOptions } from './options.js';

/** Runs the service until SIGTERM or SIGINT. */
export async function serve(cli: Cli, options: CommonOptions): Promise<ExitCode> {
  const file = await openFile(cli, options);
  const serving = await cli.openServing(file);
  try {
    return await serveFile(cli, file, serving);
  } finally {
    await serving.close();
    await serving.store?.close();
  }
}

async function serveFile(cli: Cli, file: DesiredFile, serving: Serving): Promise<ExitCode> {
  const { logger, env, clock, newId, actor } = cli;
  const { apiToken } = env;
  const { close: _, ...shared } = serving;
  const setup: ServiceSetup = {
    ...shared,
    file,
    logger,
    clock,
    newId,
    random: Math.random,
    build: { version: VERSION, revision: env.revision },
    actor,
    protectReads: false,
    ...(apiToken && { apiToken }),
  };
  const service = await listen(() => startService(setup, env));
  logger.info({ url: service.url, file: file.path, tenants: file.tenants.length, version: VERSION }, 'serving');

  const signal = await nextSignal();
  logger.info({ signal }, 'stopping: not ready any more, running applies finish');
  await service.stop(GRACE_MS);
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
