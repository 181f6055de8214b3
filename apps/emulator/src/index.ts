export { createEmulator, type Emulator, type EmulatorOptions } from './emulator.js';
export type { EmulatorClock } from './clock.js';
export type { Attempt, Delivery, EventOutcome, EventRecord, Skipped } from './delivery/event-record.js';
export type { FaultInput } from './faults/fault.js';
export type { Listening, ListenOptions } from './listen.js';
export type { Quirks } from './quirks.js';
export type { Change } from './state/changes.js';
export type { LoggedRequest, RequestFilter } from './request-log.js';
export type { TenantSeed } from './state/seed.js';
