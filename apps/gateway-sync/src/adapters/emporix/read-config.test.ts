import { describe, expect, it } from 'vitest';
import { readConfig } from './read-config.js';

const http = (configuration: unknown) => readConfig({ code: 'c', provider: 'HTTP', active: true, configuration });

describe('readConfig', () => {
  it('leaves out settings that are odd', () => {
    expect(
      http({
        destinationUrl: 7,
        secretKeyExists: 'yes',
        headers: { 'x-a': 'text' },
        eventsConfiguration: [
          { id: 'e', eventType: 'order.created', excludedFields: 'id', active: null, filter: null },
        ],
      }),
    ).toEqual({
      code: 'c',
      provider: 'HTTP',
      active: true,
      http: {
        secretKeyExists: false,
        headers: {},
        targets: [
          { id: 'e', event: 'order.created', secretKeyExists: false, headers: {}, excludedFields: null, active: true },
        ],
      },
    });
  });

  it.each([
    ['no configuration', undefined],
    ['entries that are no list', { eventsConfiguration: {} }],
    ['an entry without id', { eventsConfiguration: [{ eventType: 'order.created' }] }],
    ['an entry without event type', { eventsConfiguration: [{ id: 'e' }] }],
  ])('knows nothing of the targets with %s', (_, configuration) => {
    expect(http(configuration)).toEqual({ code: 'c', provider: 'HTTP', active: true });
  });

  it.each([
    ['no code', { provider: 'HTTP', active: true }],
    ['an unknown provider', { code: 'c', provider: 'KAFKA', active: true }],
    ['no mapping', 'c'],
  ])('knows no config with %s', (_, body) => {
    expect(readConfig(body)).toBeUndefined();
  });

  it('takes a config that does not say for inactive', () => {
    expect(readConfig({ code: 'c', provider: 'SVIX' })).toEqual({ code: 'c', provider: 'SVIX', active: false });
  });
});
