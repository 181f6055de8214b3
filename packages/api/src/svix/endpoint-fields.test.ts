import { expect, it } from 'vitest';

import type { Endpoint } from '../generated/svix/types.js';
import { eventTypesOf, throttleRateOf } from './endpoint-fields.js';

const endpoint: Endpoint = {
  id: 'ep_1',
  url: 'https://erp.example/',
  description: '',
  metadata: {},
  createdAt: '2026-03-01T08:15:30Z',
  updatedAt: '2026-03-01T08:15:30Z',
};

it.each<[string, Partial<Endpoint>, { types: readonly string[] | null; rate: number | null }]>([
  ['the newer names', { eventTypes: ['a'], throttleRate: 5 }, { types: ['a'], rate: 5 }],
  ['the older names', { filterTypes: ['a'], rateLimit: 5 }, { types: ['a'], rate: 5 }],
  ['both', { eventTypes: ['a'], filterTypes: ['a'], throttleRate: 5, rateLimit: 5 }, { types: ['a'], rate: 5 }],
  [
    'both, one of them null',
    { eventTypes: null, filterTypes: ['a'], throttleRate: null, rateLimit: 5 },
    { types: ['a'], rate: 5 },
  ],
  ['null', { eventTypes: null, filterTypes: null, throttleRate: null, rateLimit: null }, { types: null, rate: null }],
  ['nothing', {}, { types: null, rate: null }],
])('event types and rate are read from %s', (_, fields, { types, rate }) => {
  const read = { ...endpoint, ...fields };
  expect([eventTypesOf(read), throttleRateOf(read)]).toEqual([types, rate]);
});
