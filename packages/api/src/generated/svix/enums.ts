// Made from specs/svix.yaml by `pnpm generate`. Do not edit: change the source and run it again.

import type * as types from './types.js';

export const backgroundTaskStatusValues = ['running', 'finished', 'failed'] as const satisfies readonly types.BackgroundTaskStatus[];
export type BackgroundTaskStatus = (typeof backgroundTaskStatusValues)[number];
export const BackgroundTaskStatus = {
  running: 'running',
  finished: 'finished',
  failed: 'failed',
} as const satisfies Record<string, types.BackgroundTaskStatus>;

export const orderValues = ['ascending', 'descending'] as const satisfies readonly types.Order[];
export type Order = (typeof orderValues)[number];
export const Order = {
  ascending: 'ascending',
  descending: 'descending',
} as const satisfies Record<string, types.Order>;

export const portalCapabilityValues = ['ViewBase', 'ViewEndpointSecret', 'ManageEndpointSecret', 'ManageTransformations', 'CreateAttempts', 'ManageEndpoint'] as const satisfies readonly types.PortalCapability[];
export type PortalCapability = (typeof portalCapabilityValues)[number];
export const PortalCapability = {
  ViewBase: 'ViewBase',
  ViewEndpointSecret: 'ViewEndpointSecret',
  ManageEndpointSecret: 'ManageEndpointSecret',
  ManageTransformations: 'ManageTransformations',
  CreateAttempts: 'CreateAttempts',
  ManageEndpoint: 'ManageEndpoint',
} as const satisfies Record<string, types.PortalCapability>;
