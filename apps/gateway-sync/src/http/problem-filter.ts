import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import type { Logger } from 'pino';
import { LedgerError } from '../core/errors.js';
import { MAX_BODY_BYTES } from './limits.js';
import {
  databaseLost,
  internalError,
  PROBLEM_TYPE,
  ProblemError,
  tooLarge,
  unknownPath,
  unreadableRequest,
  wrongMediaType,
} from './problem.js';

/** Makes a problem document of whatever ends a request; what nobody foresaw is logged, and not shown. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly logger: Logger,
  ) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const { httpAdapter } = this.adapterHost;
    const response: unknown = host.switchToHttp().getResponse();
    if (httpAdapter.isHeadersSent(response)) {
      this.logger.error({ err: exception }, 'an answer broke off');
      httpAdapter.end(response);
      return;
    }
    const report = healthReportOf(exception);
    if (report) {
      httpAdapter.reply(response, report.body, report.status);
      return;
    }
    const { problem, headers } = this.#problemOf(exception);
    for (const [name, value] of Object.entries({ ...headers, 'content-type': PROBLEM_TYPE })) {
      httpAdapter.setHeader(response, name, value);
    }
    httpAdapter.reply(response, problem, problem.status);
  }

  #problemOf(exception: unknown): ProblemError {
    if (exception instanceof ProblemError) return exception;
    if (exception instanceof LedgerError) {
      this.logger.warn({ err: exception }, 'the database did not answer a request');
      return databaseLost();
    }
    const known = knownProblem(statusOf(exception));
    if (known) return known;
    this.logger.error({ err: exception }, 'a request met a bug');
    return internalError();
  }
}

/** Nest and the reader of bodies say with a status what they do not like; their texts may quote the body. */
function knownProblem(status: number | undefined): ProblemError | undefined {
  switch (status) {
    case 400:
      return unreadableRequest('the body is not valid JSON');
    case 404:
      return unknownPath();
    case 413:
      return tooLarge(MAX_BODY_BYTES);
    case 415:
      return wrongMediaType();
    case undefined:
    default:
      return undefined;
  }
}

function statusOf(exception: unknown): number | undefined {
  if (exception instanceof HttpException) return exception.getStatus();
  const isHttpError = exception instanceof Error && 'expose' in exception && 'status' in exception;
  return isHttpError && typeof exception.status === 'number' ? exception.status : undefined;
}

/** Terminus answers a check that fails by throwing its report. */
function healthReportOf(exception: unknown): { readonly body: object; readonly status: number } | undefined {
  if (!(exception instanceof HttpException)) return undefined;
  const body = exception.getResponse();
  if (typeof body !== 'object' || !('details' in body)) return undefined;
  return { body, status: exception.getStatus() };
}
