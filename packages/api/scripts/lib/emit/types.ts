import type { OpenAPITSOptions } from 'openapi-typescript';
import { header } from './source-text.ts';

/**
 * - `defaultNonNullable: false`: a property with a default may still be missing, in requests and in answers.
 * - `emptyObjectsUnknown`: an object without listed properties can be read instead of being `never`.
 * - Left off on purpose: `enum` and `enumValues` (broken output; see enums.ts), `pathParamsAsTypes` and `immutable`
 *   (hinder the lookup by path).
 */
export const typesOptions = {
  alphabetize: true,
  defaultNonNullable: false,
  emptyObjectsUnknown: true,
  rootTypes: true,
  rootTypesKeepCasing: true,
  rootTypesNoSchemaPrefix: true,
  silent: true,
} as const satisfies OpenAPITSOptions;

/** `types.ts`: paths, operations and components, with an alias for every named schema. */
export async function emitTypes(source: string, text: string): Promise<string> {
  // Most of a run is loading this library; nothing else waits for it.
  const { default: openapiTS, astToString } = await import('openapi-typescript');
  try {
    return header(source) + astToString(await openapiTS(text, typesOptions));
  } catch (error) {
    throw new Error(`openapi-typescript makes no types from ${source}: ${String(error)}`, { cause: error });
  }
}
