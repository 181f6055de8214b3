import { serviceOperations } from '@gateway-sync/api';
import { expect, test } from 'vitest';
import { routeOf } from './route.js';

test.each(Object.values(serviceOperations))('$operationId is an operation', ({ method, path }) => {
  const url = `${path.replace('{tenant}', 'acme')}?limit=1`;
  expect(routeOf(method, url)).toEqual({ kind: 'operation', path, writes: method !== 'GET' });
});

test.each([
  ['POST', '/api/v1/tenants/acme', { kind: 'other-method', allow: ['GET', 'HEAD'] }],
  ['HEAD', '/livez', { kind: 'operation', path: '/livez', writes: false }],
  ['HEAD', '/api/v1/reload', { kind: 'other-method', allow: ['POST'] }],
  ['GET', '/api/v1/tenants/A/plan', { kind: 'invalid-tenant' }],
  ['GET', '/api/v1/tenants//plan', { kind: 'unknown' }],
  ['GET', '/livez/', { kind: 'unknown' }],
  ['GET', '', { kind: 'unknown' }],
  ['GET', 'http://elsewhere.example/livez', { kind: 'unknown' }],
])('%s %s is %j', (method, url, route) => {
  expect(routeOf(method, url)).toEqual(route);
});
