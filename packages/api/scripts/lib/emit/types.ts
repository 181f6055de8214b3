import type { OpenAPITSOptions } from 'openapi-typescript';
import type { JsonObject } from '../json.ts';
import { header } from './source-text.ts';
import { emitAliases, type TypeNames } from './type-names.ts';

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
  return typesOf(source, text, typesOptions);
}

/** The same for somebody else's document: names are made ours, and what is no text is a `Blob`. */
export async function emitForeignTypes(source: string, root: JsonObject, names: TypeNames): Promise<string> {
  const { default: ts } = await import('typescript');
  const text = await typesOf(source, JSON.stringify(root), {
    ...typesOptions,
    rootTypes: false,
    transform: (schema) =>
      'format' in schema && schema.format === 'binary' ? ts.factory.createTypeReferenceNode('Blob') : undefined,
  });
  return `${text}${emitAliases(names)}`;
}

async function typesOf(source: string, text: string, options: OpenAPITSOptions): Promise<string> {
  // Most of a run is loading this library; nothing else waits for it.
  const { default: openapiTS, astToString } = await import('openapi-typescript');
  try {
    return header(source) + astToString(await openapiTS(text, options));
  } catch (error) {
    throw new Error(`openapi-typescript makes no types from ${source}: ${String(error)}`, { cause: error });
  }
}
