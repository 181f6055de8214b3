import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** What Nest has to say, in the log of the service; its start-up messages only on `debug`. */
export function nestLogger(logger: Logger): LoggerService {
  return {
    log: (message: unknown) => logger.debug(String(message)),
    debug: (message: unknown) => logger.debug(String(message)),
    verbose: (message: unknown) => logger.trace(String(message)),
    warn: (message: unknown) => logger.warn(String(message)),
    error: (message: unknown) =>
      message instanceof Error ? logger.error({ err: message }) : logger.error(String(message)),
    fatal: (message: unknown) => logger.fatal(String(message)),
  };
}
