import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  pgSchema,
  primaryKey,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { ActionType, Reason, Resource } from '../../core/action.js';
import type { JsonObject } from '../../core/json.js';
import type { Pause } from '../../core/pause.js';
import type { ItemStatus, Outcome, Trigger } from '../../core/result.js';
import type { MemoryJson, TenantMarks, TenantRecord } from '../../core/tenant-record.js';
import { jsonb, moment, now, text, thisTransaction, transactionId } from './columns.js';

/** Everything of ours stands in a PostgreSQL schema of its own, so that a database can be shared with others. */
export const SCHEMA = 'gateway_sync';
const schema = pgSchema(SCHEMA);

/** `OwnedThing` of core/ledger.ts. */
export const ownedThing = schema.table(
  'owned_thing',
  {
    tenant: text().notNull(),
    resource: text().$type<Resource>().notNull(),
    key: text().notNull(),
    instance: text().notNull(),
    firstOwnedAt: moment('first_owned_at').notNull(),
    writtenAt: moment('written_at').notNull(),
    version: bigint({ mode: 'number' }),
    settings: jsonb().$type<JsonObject>().notNull(),
    fingerprints: jsonb().$type<Readonly<Record<string, string>>>().notNull(),
    pending: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.resource, table.key] })],
);

/** One change of an `AuditEntry` of core/ports.ts, together with its entry. */
export const auditRecord = schema.table(
  'audit_record',
  {
    id: bigint({ mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    tenant: text().notNull(),
    instance: text().notNull(),
    actor: text().notNull(),
    reconcileId: text('reconcile_id').notNull(),
    trigger: text().$type<Trigger>().notNull(),
    at: moment().notNull(),
    outcome: text().$type<Outcome>().notNull(),
    checksum: text().notNull(),
    resource: text().$type<Resource>().notNull(),
    type: text().$type<ActionType>().notNull(),
    actionId: text('action_id').notNull(),
    name: text().notNull(),
    reason: text().$type<Reason>().notNull(),
    before: jsonb().$type<JsonObject>(),
    after: jsonb().$type<JsonObject>(),
    secrets: jsonb().$type<readonly string[]>().notNull(),
    status: text().$type<ItemStatus>().notNull(),
    code: integer(),
    message: text(),
  },
  (table) => [index('audit_record_history').on(table.tenant, table.id), index('audit_record_retention').on(table.at)],
);

/** `QuotaUsage` of core/quota.ts, as it was at a time. */
export const quotaReading = schema.table(
  'quota_reading',
  {
    tenant: text().notNull(),
    at: moment().notNull(),
    month: text().notNull(),
    used: doublePrecision().notNull(),
    limit: doublePrecision(),
    percent: doublePrecision(),
    crossed: jsonb().$type<readonly number[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.at] }), index('quota_reading_retention').on(table.at)],
);

/** What operators are to be told of: each thing once, until a receiver took it. */
export const notification = schema.table(
  'notification',
  {
    /** Under which the receiver may know a repetition. */
    id: text().primaryKey(),
    instance: text().notNull(),
    tenant: text().notNull(),
    /** What it is about; the same thing is never told twice. */
    subject: text().notNull(),
    at: moment().notNull(),
    payload: jsonb().$type<JsonObject>().notNull(),
    attempts: integer().notNull().default(0),
    /** When it is sent next; absent once it was taken, or given up. */
    dueAt: moment('due_at'),
    /** What came of the last attempt, for people. */
    outcome: text(),
  },
  (table) => [
    uniqueIndex('notification_subject').on(table.instance, table.tenant, table.subject),
    index('notification_due').on(table.instance, table.dueAt),
    index('notification_retention').on(table.at),
  ],
);

/** What this installation keeps about itself. */
export const setting = schema.table('setting', {
  name: text().primaryKey(),
  value: jsonb().notNull(),
});

/** When the next request to an upstream is due, by the clock of the database; one row for each upstream and address. */
export const requestBudget = schema.table('request_budget', {
  upstream: text().primaryKey(),
  freeAt: timestamp('free_at', { withTimezone: true }).notNull(),
});
/** `TenantRecord` and `TenantMarks` of core/tenant-record.ts. */
export const tenantRecord = schema.table(
  'tenant_record',
  {
    instance: text().notNull(),
    tenant: text().notNull(),
    /** Of `record`, `memory` and `report`; absent while there is no record. */
    format: integer(),
    record: jsonb().$type<Omit<TenantRecord, 'tenant' | 'memory'>>(),
    memory: jsonb().$type<MemoryJson>(),
    report: jsonb().$type<JsonObject>(),
    pause: jsonb().$type<Pause>(),
    quota: jsonb().$type<NonNullable<TenantMarks['quota']>>(),
    quotaState: jsonb('quota_state').$type<NonNullable<TenantMarks['quotaState']>>(),
    changedIn: transactionId('changed_in').notNull().default(thisTransaction),
  },
  (table) => [
    primaryKey({ columns: [table.instance, table.tenant] }),
    index('tenant_record_changes').on(table.instance, table.changedIn),
  ],
);

/** A process that serves an instance. */
export const replica = schema.table(
  'replica',
  {
    id: text().primaryKey(),
    instance: text().notNull(),
    generation: bigint({ mode: 'number' }).notNull(),
    /** For people: which program it runs. */
    version: text().notNull(),
    beatAt: moment('beat_at').notNull().default(now),
  },
  (table) => [index('replica_instance').on(table.instance)],
);

/** Files that the replicas of an instance work or worked with; the highest generation is the newest file. */
export const fileGeneration = schema.table(
  'file_generation',
  {
    instance: text().notNull(),
    file: text().notNull(),
    generation: bigint({ mode: 'number' }).notNull(),
    loadedAt: timestamp('loaded_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.instance, table.file] }),
    uniqueIndex('file_generation_order').on(table.instance, table.generation),
  ],
);
