// Made from specs/emporix-oauth.yaml by `pnpm generate`. Do not edit: change the source and run it again.

import type { OperationDescription } from '../operation.js';

export const operations = {
  requestToken: {
    operationId: 'requestToken',
    method: 'POST',
    path: '/oauth/token',
    scopes: [],
    retry: 'safe',
    requestContentType: 'application/x-www-form-urlencoded',
    successStatuses: [200],
    errorStatuses: [400, 401, 500],
  },
} as const satisfies Readonly<Record<string, OperationDescription>>;

export type OperationId = keyof typeof operations;
