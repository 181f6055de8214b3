import { type DynamicModule, type LoggerService } from '@nestjs/common';
import { HttpAdapterHost, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger } from 'pino';
import type { ApiAccess } from './access.js';
import { createAdmission, isJson } from './admit.js';
import { LimitedAdapter } from './limited-adapter.js';
import { MAX_BODY_BYTES, type RateLimits, type Timeouts } from './limits.js';
import { ProblemFilter } from './problem-filter.js';
import { ignoreConditions, setSecurityHeaders } from './security-headers.js';

export interface HttpAppOptions {
  readonly access: ApiAccess;
  readonly logger: Logger;
  /** Of Nest itself. */
  readonly nestLogger: LoggerService;
  readonly limits?: RateLimits;
  readonly timeouts?: Timeouts;
}

/** The application with its limits, its admission and its form of errors; it does not listen yet. */
export async function createHttpApp(
  module: DynamicModule,
  { access, logger, nestLogger, limits, timeouts }: HttpAppOptions,
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(module, new LimitedAdapter(timeouts), {
    logger: nestLogger,
    abortOnError: false,
    bodyParser: false,
  });
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(setSecurityHeaders);
  app.use(ignoreConditions);
  app.use(createAdmission(access, limits));
  // Nothing unpacks a body, so that a small one stays small.
  app.useBodyParser('json', { limit: MAX_BODY_BYTES, inflate: false, type: isJsonOfPost });
  app.useGlobalFilters(new ProblemFilter(app.get(HttpAdapterHost), logger));
  return app;
}

function isJsonOfPost(request: Parameters<typeof isJson>[0] & { readonly method?: string | undefined }): boolean {
  return request.method === 'POST' && isJson(request);
}
