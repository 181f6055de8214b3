import 'reflect-metadata';
import { connect } from 'node:net';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';
import { parseExposition } from '../../test/support/parse-exposition.js';

const TENANTS = 10_000;

/** Scrapes that are under way are counted. */
class WatchedMetrics extends Metrics {
  open = 0;
  blocks = 0;

  override async *text(): AsyncGenerator<string, void> {
    this.open += 1;
    try {
      for await (const block of super.text()) {
        this.blocks += 1;
        yield block;
      }
    } finally {
      this.open -= 1;
    }
  }
}

async function serve(): Promise<{ url: URL; metrics: WatchedMetrics }> {
  const metrics = new WatchedMetrics({ version: '0', revision: '0' });
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
