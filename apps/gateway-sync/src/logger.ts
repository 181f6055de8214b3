import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino';
import type { LogLevel } from './env.js';

/** Names under which something secret could reach a log line. Values declared secret are of a type that cannot be printed. */
const SECRET_NAMES = [
  'clientSecret',
  'client_secret',
  'secret',
  'secretKey',
  'apiKey',
  'token',
  'accessToken',
  'access_token',
  'authorization',
  'Authorization',
  'password',
];

/**
 * JSON lines on stderr; stdout belongs to what a command answers. A run of one tenant logs through
 * `logger.child({ tenant, reconcileId })`. Lines are written at once, so that none is lost when the process ends.
 */
export function createLogger(
  level: LogLevel,
  stream: DestinationStream = destination({ dest: 2, sync: true }),
): Logger {
  return pino(
    {
      level,
      base: { service: 'gateway-sync' },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[secret]' },
    },
    stream,
  );
}
