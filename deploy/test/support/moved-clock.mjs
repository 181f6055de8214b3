// Preloaded into the service: its clock is ahead by as much as its parent says, and a wait of a minute or more ends when
// that clock says so. Shorter waits, such as timeouts of requests, last as long as ever.
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

const LONG_MS = 60_000;
const LOOK_MS = 50;

const realNow = Date.now;
let aheadMs = Number(process.env.CLOCK_AHEAD_MS ?? 0);
process.on('message', (message) => (aheadMs = message.aheadMs));
process.channel?.unref();

const now = () => realNow() + aheadMs;
globalThis.Date = class extends Date {
  constructor(...parts) {
    if (parts.length === 0) super(now());
    else super(...parts);
  }
  static now = now;
};

const { setTimeout: sleep } = timers;
timers.setTimeout = async (ms = 0, value, options) => {
  if (ms < LONG_MS) return sleep(ms, value, options);
  for (const due = now() + ms; now() < due;) await sleep(LOOK_MS, undefined, options);
  return value;
};
syncBuiltinESMExports();
