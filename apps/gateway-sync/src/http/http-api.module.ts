import { type DynamicModule, type FactoryProvider, Module, type ModuleMetadata } from '@nestjs/common';
import type { Clock } from '../core/ports.js';
import { API_CLOCK, API_SOURCES, type ApiSources } from './api-sources.js';
import { ReloadController } from './reload.controller.js';
import { RequestsController } from './requests.controller.js';
import { TenantsController } from './tenants.controller.js';

export interface ApiParts {
  readonly sources: ApiSources;
  readonly clock: Clock;
}

const API_PARTS = Symbol('API_PARTS');

/** The routes under `/api/v1`; who may use them is decided before: see `createHttpApp`. */
@Module({})
export class HttpApiModule {
  static forRootAsync({
    imports = [],
    inject = [],
    useFactory,
  }: Pick<ModuleMetadata, 'imports'> & Pick<FactoryProvider<ApiParts>, 'inject' | 'useFactory'>): DynamicModule {
    return {
      module: HttpApiModule,
      imports,
      controllers: [TenantsController, RequestsController, ReloadController],
      providers: [
        { provide: API_PARTS, inject, useFactory },
        { provide: API_SOURCES, inject: [API_PARTS], useFactory: ({ sources }: ApiParts) => sources },
        { provide: API_CLOCK, inject: [API_PARTS], useFactory: ({ clock }: ApiParts) => clock },
      ],
    };
  }
}
