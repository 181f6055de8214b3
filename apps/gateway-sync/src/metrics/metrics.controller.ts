import { Readable } from 'node:stream';
import { Controller, Get, Header, Req, StreamableFile } from '@nestjs/common';
import { Metrics } from './metrics.js';
import { MEDIA_TYPES } from './open-metrics.js';

@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @Header('Vary', 'Accept')
  read(@Req() request: Negotiating): StreamableFile {
    const type = request.accepts([MEDIA_TYPES.text, MEDIA_TYPES.openmetrics]);
    // A scraper that accepts neither gets what it can most likely read.
    const format = type === MEDIA_TYPES.openmetrics ? 'openmetrics' : 'text';
    const blocks = Readable.from(this.metrics.text(format));
    return new StreamableFile(blocks, { type: `${MEDIA_TYPES[format]}; charset=utf-8` });
  }
}

/** A request of Express, as far as it is needed. */
interface Negotiating {
  /** The best of these types by the header `Accept`; the first of them where it makes no difference. */
  accepts(types: string[]): string | false;
}
