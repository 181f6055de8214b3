import {
  Inject,
  Module,
  RequestMethod,
  type DynamicModule,
  type FactoryProvider,
  type MiddlewareConsumer,
  type ModuleMetadata,
  type NestModule,
} from '@nestjs/common';
import type { Receiver } from '../receiver/receiver.js';
import { toNodeHandler } from './node.js';

export interface WebhookReceiverModuleOptions {
  /** As Nest writes paths: `hooks`, `hooks/:type`. */
  readonly path: string;
  /** Modules whose providers the factory takes. */
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: FactoryProvider['inject'];
  /** Makes the receiver of what is injected. */
  readonly useFactory: FactoryProvider<Receiver>['useFactory'];
}

const RECEIVER = Symbol('receiver');
const PATH = Symbol('path');

/**
 * Puts a receiver at a path of a Nest application. The application must keep the bytes of bodies:
 * `NestFactory.create(AppModule, { rawBody: true })`.
 */
@Module({})
export class WebhookReceiverModule implements NestModule {
  readonly #receiver: Receiver;
  readonly #path: string;

  constructor(@Inject(RECEIVER) receiver: Receiver, @Inject(PATH) path: string) {
    this.#receiver = receiver;
    this.#path = path;
  }

  static register({ path, imports = [], inject = [], useFactory }: WebhookReceiverModuleOptions): DynamicModule {
    return {
      module: WebhookReceiverModule,
      imports,
      providers: [
        { provide: RECEIVER, inject, useFactory },
        { provide: PATH, useValue: path },
      ],
    };
  }

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(toNodeHandler(this.#receiver)).forRoutes({ path: this.#path, method: RequestMethod.ALL });
  }
}
