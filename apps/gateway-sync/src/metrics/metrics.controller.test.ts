import 'reflect-metadata';
import { connect } from 'node:net';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';
import type { Format } from './open-metrics.js';
import { parseExposition, parseOpenMetrics } from '../../test/support/parse-exposition.js';

const TENANTS = 10_000;
/** What a Prometheus of 2022 asks with. */
const PROMETHEUS =
  'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';

/** Scrapes that are under way are counted. */
class WatchedMetrics extends Metrics {
  open = 0;
  blocks = 0;

  override async *text(format?: Format): AsyncGenerator<string, void> {
    this.open += 1;
    try {
      for await (const block of super.text(format)) {
        this.blocks += 1;
        yield block;
      }
    } finally {
      this.open -= 1;
    }
  }
}

async function serve(): Promise<{ url: URL; metrics: WatchedMetrics }> {
  const metrics = new WatchedMetrics({ version: '0', revision: '0' }, { now: () => 0 });
  for (let index = 0; index < TENANTS; index += 1) metrics.addTenant(`shop${index}`);

  @Module({ controllers: [MetricsController], providers: [{ provide: Metrics, useValue: metrics }] })
  class TestModule {}

  const app = await NestFactory.create<NestExpressApplication>(TestModule, { logger: false });
  await app.listen(0, '127.0.0.1');
  onTestFinished(() => app.close());
  return { url: new URL('/metrics', await app.getUrl()), metrics };
}

describe('GET /metrics', () => {
  it('answers the text format of Prometheus, ten thousand tenants included', async () => {
    const { url, metrics } = await serve();
    const response = await fetch(url);
    const families = parseExposition(await response.text());
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(families.find(({ name }) => name === 'gateway_sync_tenant_in_sync')?.samples).toHaveLength(TENANTS);
    expect(metrics.open).toBe(0);
  });

  it('answers OpenMetrics to whom wants it, streamed in the same blocks', async () => {
    const { url, metrics } = await serve();
    const response = await fetch(url, { headers: { accept: PROMETHEUS } });
    const families = parseOpenMetrics(await response.text());
    expect(response.headers.get('content-type')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect(response.headers.get('vary')).toBe('Accept');
    expect(families.find(({ name }) => name === 'gateway_sync_tenant_actions')).toMatchObject({ type: 'counter' });
    expect(metrics.blocks).toBeGreaterThan(20);
    expect(metrics.open).toBe(0);
  });

  it('chooses the format by what is accepted, and the text format where that leaves it open', async () => {
    const { url } = await serve();
    const open = 'application/openmetrics-text';
    const chosen = async (accept: string) => {
      const response = await fetch(url, { method: 'HEAD', headers: { accept } });
      return response.headers.get('content-type')?.split(';', 1)[0];
    };
    for (const accept of [PROMETHEUS, open, `${open}; version=1.0.0`, `text/plain;q=0.5, ${open};q=0.6`]) {
      expect([accept, await chosen(accept)]).toEqual([accept, open]);
    }
    const others = ['*/*', 'text/plain', `${open};q=0`, `${open};version=2.0.0`, `${open};q=0.4, text/plain;q=0.5`];
    for (const accept of [...others, 'application/json', 'text/html,*/*;q=0.8', ',,;=']) {
      expect([accept, await chosen(accept)]).toEqual([accept, 'text/plain']);
    }
  });

  it('answers HEAD without writing it all', async () => {
    const { url, metrics } = await serve();
    const response = await fetch(url, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('version=0.0.4');
    expect(await response.text()).toBe('');
    await vi.waitFor(() => expect(metrics.open).toBe(0));
    expect(metrics.blocks).toBeLessThan(40);
  });

  it('waits for a slow reader, and ends when it is gone', async () => {
    const { url, metrics } = await serve();
    const socket = connect({ host: url.hostname, port: Number(url.port) });
    socket.pause();
    socket.on('error', () => {});
    socket.write('GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n');
    let before = -1;
    await vi.waitFor(
      () => {
        const { blocks, open } = metrics;
        const still = open === 1 && blocks === before;
        before = blocks;
        expect(still).toBe(true);
      },
      { interval: 100, timeout: 5_000 },
    );
    socket.destroy();
    await vi.waitFor(() => expect(metrics.open).toBe(0));
  });
});
