import { sql } from 'drizzle-orm';
import { customType } from 'drizzle-orm/pg-core';
import type { Json } from '../../core/json.js';

/** What PostgreSQL cannot store in a text becomes U+FFFD: the null character and halves of surrogate pairs. */
export function storableText(value: string): string {
  return value.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** {@link storableText} for every text and key inside a value. */
export function storableJson(value: Json): Json {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(storableJson);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [storableText(key), storableJson(each)]));
}

// Array.isArray does not tell a readonly array from the other members.
const isList = (value: object): value is readonly Json[] => Array.isArray(value);

export const text = customType<{ data: string; driverData: string }>({
  dataType: () => 'text',
  toDriver: storableText,
});

export const jsonb = customType<{ data: Json; driverData: unknown }>({
  dataType: () => 'jsonb',
  toDriver: (value) => JSON.stringify(storableJson(value)),
});

/** Milliseconds since the epoch, kept as a time that a person can read. */
export const moment = customType<{ data: number; driverData: string }>({
  dataType: () => 'timestamp (3) with time zone',
  toDriver: (value) => new Date(value).toISOString(),
  fromDriver: (value) => new Date(value).getTime(),
});

/** The clock of the database, as it is now and not when the transaction began. */
export const now = sql`clock_timestamp()`;

/** Number of a transaction; grows as long as the server keeps its data. */
export const transactionId = customType<{ data: string }>({ dataType: () => 'xid8' });

export const thisTransaction = sql`pg_current_xact_id()`;
