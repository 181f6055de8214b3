import 'reflect-metadata';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { MetricsController } from 'gateway-sync/dist/metrics/metrics.controller.js';
import { Metrics } from 'gateway-sync/dist/metrics/metrics.js';
import { Gauge, Registry } from 'prom-client';
import { startReader } from '../lib/http-reader.ts';
import { longestBlock, median } from '../lib/measure.ts';
import type { Bench } from '../lib/report.ts';
import { tenantStatus } from '../lib/tenant-status.ts';

const SIZES = [1, 100, 1_000, 10_000];

interface Scrape {
  readonly ms: number;
  readonly blockMs: number;
  readonly bytes: number;
}

/** A scrape over HTTP by another thread, beside one of a registry of prom-client that has the same series. */
export const bench: Bench = async ({ runs }) => {
  await using reader = startReader();
  const raw: Record<string, Record<string, readonly Scrape[]>> = {};
  const rows: (string | number)[][] = [];
  for (const tenants of SIZES) {
    const metrics = metricsOf(tenants);
    await using ours = await serve(metrics);
    await using plain = await servePlainly(await alike(metrics));
    const results: Record<string, Scrape[]> = {};
    for (const [name, { url }] of Object.entries({ 'prom-client': plain, 'gateway-sync': ours })) {
      const scrapes: Scrape[] = [];
      // The first one only warms up.
      for (let run = 0; run <= runs; run += 1) {
        const start = performance.now();
        let bytes = 0;
        const blockMs = await longestBlock(async () => {
          bytes = await reader.read(url);
        });
        if (run > 0) scrapes.push({ ms: performance.now() - start, blockMs, bytes });
      }
      results[name] = scrapes;
      const of = (key: keyof Scrape) => scrapes.map((scrape) => scrape[key]);
      rows.push([
        tenants,
        name,
        median(of('ms')),
        median(of('blockMs')),
        Math.max(...of('blockMs')),
        median(of('bytes')),
      ]);
    }
    raw[tenants] = results;
  }
  return [
    {
      title: 'A scrape of /metrics',
      columns: ['tenants', 'who', 'ms', 'longest block, ms', 'worst of all runs, ms', 'bytes'],
      rows,
      raw,
    },
  ];
};

function metricsOf(tenants: number): Metrics {
  const metrics = new Metrics({ version: '0.0.0', revision: 'bench' }, { now: Date.now });
  for (let index = 0; index < tenants; index += 1) {
    const status = tenantStatus(index);
    metrics.addTenant(status.tenant);
    metrics.show(status, { timeZone: 'UTC' });
  }
  return metrics;
}

interface Server extends AsyncDisposable {
  readonly url: string;
}

async function serve(metrics: Metrics): Promise<Server> {
  // oxlint-disable-next-line no-extraneous-class -- the name of a module
  class BenchModule {}
  const app = await NestFactory.create<NestExpressApplication>(
    { module: BenchModule, controllers: [MetricsController], providers: [{ provide: Metrics, useValue: metrics }] },
    { logger: false },
  );
  await app.listen(0, '127.0.0.1');
  return { url: `${await app.getUrl()}/metrics`, [Symbol.asyncDispose]: () => app.close() };
}

async function servePlainly(registry: Registry): Promise<Server> {
  const server = createServer((_, response) => void registry.metrics().then((text) => response.end(text)));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  // oxlint-disable-next-line no-unsafe-type-assertion -- it listens on TCP
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: close };
}

/** The same series as gauges of prom-client. */
async function alike(metrics: Metrics): Promise<Registry> {
  const registry = new Registry();
  const gauges = new Map<string, Gauge>();
  let text = '';
  for await (const block of metrics.text()) text += block;
  for (const [, name = '', inner = '', value] of text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)) {
    const labels = Object.fromEntries([...inner.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, of]) => [label, of]));
    const known = gauges.get(name);
    const gauge = known ?? new Gauge({ name, help: name, labelNames: Object.keys(labels), registers: [registry] });
    gauges.set(name, gauge);
    gauge.set(labels, Number(value));
  }
  return registry;
}
