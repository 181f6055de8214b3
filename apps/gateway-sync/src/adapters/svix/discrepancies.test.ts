import { expect, test } from 'vitest';
import type { ObservedEndpoint } from '../../core/endpoint.js';
import { DiscrepancyError } from '../../core/errors.js';
import { compareAnswer } from './discrepancies.js';

const answer: ObservedEndpoint = {
  id: 'ep_x',
  uid: 'shop.x',
  url: 'https://x.example/',
  description: 'X',
  eventTypes: ['b', 'a'],
  channels: ['d', 'c'],
  rateLimit: 3,
  disabled: true,
  metadata: { k: 'v', l: 'w' },
};

test.each([
  [{}],
  [{ url: 'https://X.example', uid: 'shop.x', description: 'X', rateLimit: 3, disabled: true }],
  [{ eventTypes: ['a', 'b'], channels: ['c', 'd'], metadata: { l: 'w', k: 'v' } }],
])('an answer that says what was sent in other words is fine: %j', (sent) => {
  expect(() => compareAnswer('patchEndpoint', sent, answer)).not.toThrow();
});

test.each([
  [{ url: 'https://y.example' }, 'endpoint ep_x has another url than was sent'],
  [{ uid: 'shop.y', rateLimit: null }, 'endpoint ep_x has another uid, rateLimit than was sent'],
  [{ description: '' }, 'another description'],
  [{ channels: null }, 'another channels'],
  [{ disabled: false }, 'another disabled'],
  [{ metadata: { k: 'v' } }, 'another metadata'],
  [{ eventTypes: null }, 'gets other events than asked for: b, a instead of all'],
  [{ eventTypes: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] }, 'b, a instead of a, b, c, d, e and 2 more'],
  [{ eventTypes: ['a'], description: 'Y' }, /gets other events .*; endpoint ep_x has another description/],
])('an answer that says something else is an error: %j', (sent, message) => {
  const compare = () => compareAnswer('patchEndpoint', sent, answer);
  expect(compare).toThrow(DiscrepancyError);
  expect(compare).toThrow(message);
});
