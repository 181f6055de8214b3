import { median } from '../lib/measure.ts';
import { startPostgres } from '../lib/postgres.ts';
import type { Bench } from '../lib/report.ts';
import { type LogLine, type ProbeReport, startServed } from '../lib/served.ts';
import { fleetText, type ServedFleet, startUpstream } from '../lib/served-fleet.ts';

const SIZES = [100, 10_000];

interface Measured {
  readonly ms: number;
  readonly blockMs: number;
}

/** Reading the file again while everything runs, by SIGHUP. */
export const bench: Bench = async ({ runs }) => {
  await using postgres = await startPostgres();
  const rows: (string | number)[][] = [];
  const raw: Record<string, unknown> = {};
  for (const tenants of SIZES) {
    const databaseUrl = await postgres.freshUrl();
    await using upstream = await startUpstream(5);
    const fleet: ServedFleet = { tenants, baseUrl: upstream.url, sync: { interval: '1h', concurrency: 64 } };
    const text = fleetText(fleet);
    let told: ((line: LogLine) => void) | undefined;
    await using served = await startServed({ text, databaseUrl, onLine: (line) => told?.(line) });
    await served.ready();
    await served.idle();
    const reload = async (next: string): Promise<Measured> => {
      await served.report();
      const done = new Promise<void>((resolve) => {
        told = ({ msg }) => void (msg.startsWith('the file was read again') && resolve());
      });
      const startedAt = performance.now();
      await served.rewrite(next);
      process.kill(served.pid, 'SIGHUP');
      await done;
      const ms = performance.now() - startedAt;
      const { delay }: ProbeReport = await served.report();
      return { ms, blockMs: delay.max };
    };
    const changes: Readonly<Record<string, (round: number) => string>> = {
      'nothing changed': () => text,
      'a comment changed': (round) => fleetText({ ...fleet, remark: `round ${round}` }),
      'one tenant changed': (round) =>
        text.replace(/clientSecret: shop7-secret\w*/, `clientSecret: shop7-secret${round}`),
    };
    for (const [change, textOf] of Object.entries(changes)) {
      const results: Measured[] = [];
      for (let round = 1; round <= runs; round += 1) results.push(await reload(textOf(round)));
      raw[`${tenants}, ${change}`] = results;
      rows.push([
        tenants,
        change,
        `${Math.round(median(results.map(({ ms }) => ms)))} ms`,
        `${Math.round(median(results.map(({ blockMs }) => blockMs)))} ms`,
      ]);
      await reload(text);
    }
  }
  return [
    {
      title: 'A reload by SIGHUP, until the file is in force',
      columns: ['tenants', 'what', 'time', 'longest block'],
      rows,
      raw,
    },
  ];
};
