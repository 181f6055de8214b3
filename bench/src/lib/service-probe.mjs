/**
 * Runs inside the service, before it: measures it, and tells whoever started it. Not in TypeScript: what it takes to strip
 * the types would be measured, too.
 */
import { createRequire } from 'node:module';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 10;

const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
let statements = 0;
countStatements();

process.on('message', () => process.send?.(report()));
process.channel?.unref();

/** Delays since the last report, everything else since the start. */
function report() {
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const answer = {
    rssMiB: rss / 1024 ** 2,
    heapMiB: heapUsed / 1024 ** 2,
    cpuSeconds: (user + system) / 1e6,
    statements,
    delay: { p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) },
  };
  delay.reset();
  return answer;
}

const ms = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);

/** Of every client of `pg`, whoever made it. */
function countStatements() {
  const { Client } = createRequire(process.argv[1])('pg');
  const { query } = Client.prototype;
  Client.prototype.query = function (...args) {
    statements += 1;
    return query.apply(this, args);
  };
}
