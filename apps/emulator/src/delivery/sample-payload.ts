import { isJsonList, isJsonObject, type Json, type JsonObject } from '../json.js';

/** A payload that fits the pseudo-schema of an event; the same for the same schema and time (ms since 1970). */
export function samplePayload(schema: JsonObject | null, now: number): JsonObject {
  if (schema === null) return { id: 'sample-id' };
  return sampleObject(schema, now);
}

function sampleObject(schema: JsonObject, now: number): JsonObject {
  return Object.fromEntries(Object.entries(schema).map(([name, type]) => [name, sampleValue(name, type, now)]));
}

function sampleValue(name: string, type: Json, now: number): Json {
  if (isJsonList(type)) return type.map((item) => sampleValue(name, item, now));
  if (isJsonObject(type)) return sampleObject(type, now);
  if (type === 'Boolean') return true;
  if (type === 'Number' || type === 'Integer') return 1;
  if (type === 'LocalizedString') return { en: `sample ${name}` };
  return type === 'Map' || type === 'Object' ? {} : sampleText(name, now);
}

function sampleText(name: string, now: number): string {
  if (/(At|Date|Time)$/.test(name)) return new Date(now).toISOString();
  if (/email/i.test(name)) return 'sample@example.com';
  if (/currency/i.test(name)) return 'EUR';
  if (/country/i.test(name)) return 'DE';
  if (/(url|href|link)/i.test(name)) return 'https://example.com/sample';
  return `sample-${name}`;
}
