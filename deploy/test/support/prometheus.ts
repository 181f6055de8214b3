import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { stringify } from 'yaml';
import { readRules } from '../../src/rules.ts';
import { scaledRules } from '../../src/scaled-rules.ts';
import { temporaryFolder } from './world.ts';

/** How long an alert may take to fire or to clear. */
export const SOON = { timeout: 30_000, interval: 200 } as const;

/** The longest `for` of the scaled rules is four seconds. */
const SETTLED_SCRAPES = 6;

/** Debian's Prometheus, scraping one address every second. */
export class Prometheus {
  readonly #url: string;

  private constructor(url: string) {
    this.#url = url;
  }

  static async start(target: string): Promise<Prometheus> {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'alerts.yml'), stringify(scaledRules(readRules())));
    await writeFile(join(folder, 'prometheus.yml'), stringify(config(new URL(target).host)));
    const address = `127.0.0.1:${await freePort()}`;
    const child = spawn(
      'prometheus',
      [
        `--config.file=${folder}/prometheus.yml`,
        `--storage.tsdb.path=${folder}/data`,
        `--web.listen-address=${address}`,
      ],
      { stdio: 'ignore' },
    );
    const closed = once(child, 'close');
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await closed;
    });
    const prometheus = new Prometheus(`http://${address}`);
    await vi.waitFor(
      async () => {
        if ((await prometheus.value('up')) !== 1) throw new Error('nothing was scraped yet');
      },
      { timeout: 20_000, interval: 100 },
    );
    return prometheus;
  }

  /** Alerts that fire, as `name` or `name tenant`, sorted. */
  async firing(): Promise<string[]> {
    const { alerts } = (await this.#get('alerts')) as { alerts: readonly FiringAlert[] };
    return alerts
      .filter(({ state }) => state === 'firing')
      .map(({ labels: { alertname, tenant } }) => [alertname?.replace('GatewaySync', ''), tenant].join(' ').trim())
      .toSorted();
  }

  /** Until everything that it knows by now has had the time to fire or to clear. */
  async settled(): Promise<void> {
    const scrapes = async () => (await this.value('count_over_time(up[1h])')) ?? 0;
    const before = await scrapes();
    await vi.waitFor(
      async () => {
        if ((await scrapes()) < before + SETTLED_SCRAPES) throw new Error('not often enough yet');
      },
      { timeout: 30_000, interval: 200 },
    );
  }

  async query(expr: string): Promise<readonly Sample[]> {
    const { result } = (await this.#get(`query?query=${encodeURIComponent(expr)}`)) as { result: readonly Sample[] };
    return result;
  }

  async value(expr: string): Promise<number | undefined> {
    const [sample] = await this.query(expr);
    return sample && Number(sample.value[1].replace('Inf', 'Infinity'));
  }

  /** As the scrape said. */
  async typeOf(family: string): Promise<string | undefined> {
    const families = (await this.#get(`metadata?metric=${family}`)) as Readonly<
      Record<string, readonly { type: string }[]>
    >;
    return families[family]?.[0]?.type;
  }

  async #get(path: string): Promise<unknown> {
    const answer = (await (await fetch(`${this.#url}/api/v1/${path}`)).json()) as Answer;
    if (answer.status !== 'success') throw new Error(`${path}: ${answer.error}`);
    return answer.data;
  }
}

interface Answer {
  readonly status: string;
  readonly error?: string;
  readonly data: unknown;
}

interface FiringAlert {
  readonly state: string;
  readonly labels: Readonly<Record<string, string>>;
}

interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

function config(target: string): object {
  return {
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: ['alerts.yml'],
    scrape_configs: [{ job_name: 'gateway-sync', static_configs: [{ targets: [target] }] }],
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo; // listening on TCP
  server.close();
  return port;
}
