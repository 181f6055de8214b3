import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { Lifecycle } from './health/lifecycle.js';
import { nestLogger } from './nest-logger.js';
import { QuotaWatch } from './quota/quota-watch.js';
import { Fleet } from './reconcile/fleet.js';
import { Gateways } from './reconcile/gateways.js';
import { ServiceSetup } from './service-setup.js';
import { Upkeep } from './upkeep.js';

export interface Address {
  readonly port: number;
  readonly host: string;
}

export interface Service {
  /** `http://host:port`, with the port that is really in use. */
  readonly url: string;
  /** Not ready at once; lets running applies finish, aborts them after `graceMs`; closes the server. */
  stop(graceMs: number): Promise<void>;
}

/** Starts the service: HTTP first, so that probes are answered, then the fleet. */
export async function startService(setup: ServiceSetup, address: Address): Promise<Service> {
  const app = await NestFactory.create(AppModule.forRoot(new ServiceSetup(setup)), {
    logger: nestLogger(setup.logger),
    abortOnError: false,
  });
  try {
    await app.listen(address.port, address.host);
  } catch (error) {
    await app.close();
    throw error;
  }
  const upkeep = new Upkeep({
    gateways: app.get(Gateways),
    fleet: app.get(Fleet),
    quotaWatch: app.get(QuotaWatch),
    replicas: setup.replicas,
    key: setup.key,
    logger: setup.logger,
  });
  await upkeep.take(setup.file, false);
  return {
    url: await app.getUrl(),
    stop: async (graceMs) => {
      app.get(Lifecycle).stop();
      await upkeep.stop(graceMs);
      await app.close();
    },
  };
}
