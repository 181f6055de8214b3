import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { seedOf } from '../support/random.js';

const RELOADS = ['both', 'watch', 'signal', 'none'] as const;

/** How the replicas hear of a changed file; `none`: by their next start. */
export type Reload = (typeof RELOADS)[number];

/** The short form, unless the environment asks for more. */
export const SETTINGS = {
  /** `CHAOS_SECONDS`: for so long things break. */
  seconds: numberOf('CHAOS_SECONDS', 20),
  /** `CHAOS_SEED`: what is printed by a run makes it break the same things again. */
  seed: seedOf(env['CHAOS_SEED']),
  /** `CHAOS_REPLICAS`. */
  replicas: numberOf('CHAOS_REPLICAS', 3),
  /** `CHAOS_TENANTS`. */
  tenants: numberOf('CHAOS_TENANTS', 60),
  /** `CHAOS_RELOAD`: both, watch, signal or none. */
  reload: reloadOf(env['CHAOS_RELOAD']),
} as const;

if (SETTINGS.reload === 'none' && SETTINGS.replicas > 1) {
  // When the only process with the newest file dies, one with an older file goes on: that is a change that nobody asked for.
  throw new Error('CHAOS_RELOAD=none needs CHAOS_REPLICAS=1');
}

/** Where the logs of the processes stay. */
export const LOGS = fileURLToPath(new URL(`../../reports/chaos-${SETTINGS.seed}`, import.meta.url));

/** What to type to see the same again. */
export const AGAIN = `CHAOS_SEED=${SETTINGS.seed} CHAOS_SECONDS=${SETTINGS.seconds} pnpm --filter gateway-sync test:chaos`;

function numberOf(name: string, standard: number): number {
  const number = Number(env[name] || standard);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${name} must be a whole number from 1 on`);
  return number;
}

function reloadOf(text = 'both'): Reload {
  const found = RELOADS.find((reload) => reload === text);
  if (!found) throw new Error(`CHAOS_RELOAD must be one of ${RELOADS.join(', ')}`);
  return found;
}
