import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { smallSpec } from '../../testing/small-spec.ts';
import { asObject } from '../json.ts';
import { emitOperations } from './operations.ts';

test('the manifest tells method, path, scopes, retry class, body and statuses of every operation', () => {
  const root = asObject(parse(smallSpec({ 'operationId: replaceOrder': 'operationId: changeOrder' })));
  expect(emitOperations('specs/orders.yaml', root)).toBe(
    `// Made from specs/orders.yaml by \`pnpm generate\`. Do not edit: change the source and run it again.

import type { OperationDescription } from '../operation.js';

export const operations = {
  changeOrder: {
    operationId: 'changeOrder',
    method: 'PUT',
    path: '/orders/{id}',
    scopes: ['orders.read', 'orders.write'],
    retry: 'idempotent',
    requestContentType: 'application/json',
    successStatuses: [204],
    errorStatuses: [404],
  },
  getOrder: {
    operationId: 'getOrder',
    method: 'GET',
    path: '/orders/{id}',
    scopes: ['orders.read'],
    retry: 'safe',
    requestContentType: null,
    successStatuses: [200],
    errorStatuses: [404],
  },
} as const satisfies Readonly<Record<string, OperationDescription>>;

export type OperationId = keyof typeof operations;
`,
  );
});
