import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { FileWatch } from './adapters/desired-file/watch.js';
import { AppModule } from './app.module.js';
import { Lifecycle } from './health/lifecycle.js';
import { apiAccess } from './http/access.js';
import { createHttpApp } from './http/http-app.js';
import { type Address, type Listening, listenOn } from './http/listen-on.js';
import { nestLogger } from './nest-logger.js';
import { Reloader } from './reload/reloader.js';
import type { ReloadCause, ReloadOutcome } from './reload/outcome.js';
import { ServiceSetup } from './service-setup.js';
import { Upkeep } from './upkeep/upkeep.js';

export interface Service {
  /** With the port that is really in use. */
  readonly listening: Listening;
  /** Reads the file again, and puts it in force unless something speaks against it. Never rejects. */
  reload(cause: ReloadCause): Promise<ReloadOutcome>;
  /**
   * Not ready at once; lets running applies finish, aborts them after `graceMs`; closes the server, but not before `drainMs`,
   * so that whoever sends requests sees in time that it is not ready.
   */
  stop(graceMs: number, drainMs?: number): Promise<void>;
}

/**
 * Starts the service: HTTP first, so that probes are answered, then the tenants. Resolves earlier when it is to stop already;
 * whoever `stopping` tells so has to stop it.
 */
export async function startService(
  setup: ServiceSetup,
  address: Address,
  stopping: Promise<unknown> = Promise.race([]),
): Promise<Service> {
  const app = await createHttpApp(AppModule.forRoot(new ServiceSetup(setup)), {
    access: apiAccess(setup),
    logger: setup.logger,
    nestLogger: nestLogger(setup.logger),
  });
  let listening: Listening;
  try {
    listening = await listenOn(app, address);
  } catch (error) {
    await app.close();
    throw error;
  }
  const upkeep = app.get(Upkeep);
  const reloader = app.get(Reloader);
  await Promise.race([upkeep.take(setup.file, { readAt: setup.readAt, reloaded: false }), stopping]);
  const watch =
    setup.watching &&
    new FileWatch({
      contents: () => reloader.contents,
      onChange: () => reloader.reload('watch'),
      ...(setup.watching.everyMs !== undefined && { everyMs: setup.watching.everyMs }),
    });
  watch?.start();
  return {
    listening,
    reload: (cause) => reloader.reload(cause),
    stop: async (graceMs, drainMs = 0) => {
      const drained = sleep(drainMs);
      app.get(Lifecycle).stop();
      await watch?.stop();
      await upkeep.stop(graceMs);
      await drained;
      await app.close();
    },
  };
}
