import { Body, Controller, HttpCode, Inject, Post, Query } from '@nestjs/common';
import type { ServiceAnswer } from '@gateway-sync/api';
import { API_SOURCES, type ApiSources } from './api-sources.js';
import { checked, noBody, noQuery } from './input.js';
import { invalidFile, withheld } from './problem.js';

/** Reads the file again. */
@Controller('api/v1/reload')
export class ReloadController {
  constructor(@Inject(API_SOURCES) private readonly sources: ApiSources) {}

  @Post()
  @HttpCode(200)
  async reload(@Query() query: unknown, @Body() body: unknown): Promise<ServiceAnswer<'reloadFile'>> {
    checked(noQuery, query, 'query');
    checked(noBody, body, 'body');
    const reload = await this.sources.reload();
    switch (reload.type) {
      case 'loaded': {
        const { changed, hash, added, removed, updated } = reload;
        return { changed, hash, added: [...added], removed: [...removed], updated: [...updated] };
      }
      case 'withheld':
        throw withheld(reload.message, reload.allow);
      case 'invalid':
        throw invalidFile(
          reload.problems.map(({ place, path, message, remedy }) => ({
            place,
            path,
            message,
            ...(remedy !== undefined && { remedy }),
          })),
        );
      default:
        return reload satisfies never;
    }
  }
}
