import { Readable } from 'node:stream';
import { Controller, Get, Header, StreamableFile } from '@nestjs/common';
import { Registry } from 'prom-client';
import { Metrics } from './metrics.js';

@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  read(): StreamableFile {
    return new StreamableFile(Readable.from(this.metrics.text()), { type: Registry.PROMETHEUS_CONTENT_TYPE });
  }
}
