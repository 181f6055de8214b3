import type { OperationId, SvixOperationId } from '@gateway-sync/api';
import type { ItemStatus } from '../core/result.js';

/** How an action ended, as a label. */
export const ACTION_RESULTS = ['applied', 'failed', 'conflict', 'skipped'] as const;
export type ActionResult = (typeof ACTION_RESULTS)[number];

export const ACTION_RESULT_OF: Readonly<Record<ItemStatus, ActionResult>> = {
  applied: 'applied',
  unverified: 'applied',
  'not-applied': 'failed',
  failed: 'failed',
  rejected: 'failed',
  unreachable: 'failed',
  contended: 'skipped',
  conflict: 'conflict',
  skipped: 'skipped',
};

/** Answers to one attempt of a request; classes where the exact status says nothing more. */
export const CODES = [
  '2xx',
  '207',
  '3xx',
  '400',
  '401',
  '403',
  '404',
  '409',
  '429',
  '4xx',
  '5xx',
  'timeout',
  'connection',
  'aborted',
] as const;
export type Code = (typeof CODES)[number];

export const UPSTREAMS = ['emporix', 'oauth', 'svix'] as const;
export type Upstream = (typeof UPSTREAMS)[number];

/** Operations that the service calls, by upstream; each stands at 0 before its first call. */
export const OPERATIONS = {
  emporix: [
    'createConfig',
    'deleteConfig',
    'getConfig',
    'getDashboardAccess',
    'getStatistics',
    'listConfigs',
    'listSubscriptions',
    'patchConfig',
    'replaceConfig',
    'updateSubscriptions',
  ],
  oauth: ['requestToken'],
  svix: [
    'createEndpoint',
    'deleteEndpoint',
    'getApplication',
    'getEndpointHeaders',
    'getEndpointSecret',
    'listEndpoints',
    'listMessages',
    'patchEndpoint',
    'rotateEndpointSecret',
    'setEndpointHeaders',
  ],
} as const satisfies Readonly<Record<Upstream, readonly (OperationId | SvixOperationId | 'requestToken')[]>>;
