import { z } from 'zod';
import { desiredFileSchema } from './schema.js';

/** The JSON Schema of the desired-state file, for editors, as the text of `gateway-sync.schema.json`. */
export function jsonSchemaText(): string {
  return `${JSON.stringify(z.toJSONSchema(desiredFileSchema, { io: 'input' }), null, 2)}\n`;
}
