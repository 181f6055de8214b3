import type { JsonObject } from '../json.ts';
import { findEnums, hasObject } from './enums.ts';
import { header, quote } from './source-text.ts';
import type { TypeNames } from './type-names.ts';
import { serverOf } from './wire.ts';

/** Names that `index.ts` of a document exports besides its schemas. */
export interface ClientNames {
  readonly create: string;
  readonly api: string;
  readonly input: string;
  readonly outcome: string;
  readonly answer: string;
  readonly operationId: string;
  readonly operations: string;
}

/** Made of the name in the configuration: `parcel-rates` gives `createParcelRatesApi`. */
export function clientNames(spec: string): ClientNames {
  const pascal = spec
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  return {
    create: `create${pascal}Api`,
    api: `${pascal}Api`,
    input: `${pascal}Input`,
    outcome: `${pascal}Outcome`,
    answer: `${pascal}Answer`,
    operationId: `${pascal}OperationId`,
    operations: `${pascal.charAt(0).toLowerCase()}${pascal.slice(1)}Operations`,
  };
}

/** `index.ts`: the client of a document, ready to be made; nothing has to be written by hand. */
export function emitClient(source: string, spec: string, root: JsonObject, types: TypeNames): string {
  const names = clientNames(spec);
  const server = serverOf(root['servers']);
  const enums = findEnums(root, types);
  const values = enums.flatMap((found) => (hasObject(found) ? [found.name, found.list] : [found.list]));
  return [
    header(source),
    `import { createDocumentApi, type DocumentApi, type DocumentApiOptions } from '../../document-api/document-api.js';\n`,
    `import type { InputOf, SuccessOf } from '../../operation-types.js';\n`,
    `import type { OutcomeOf } from '../../outcome.js';\n`,
    `import { operations, type OperationId } from './operations.js';\n`,
    `import type { operations as Operations } from './types.js';\n`,
    `import { wire } from './wire.js';\n\n`,
    `export type * from './types.js';\n`,
    ...(values.length === 0 ? [] : [`export { ${values.join(', ')} } from './enums.js';\n`]),
    `export { operations as ${names.operations} } from './operations.js';\n`,
    `export type ${names.operationId} = OperationId;\n\n`,
    `/** What an operation takes, by place. */\n`,
    `export type ${names.input}<Op extends OperationId> = InputOf<Operations, Op, never>;\n`,
    `/** What became of a call, told apart by \`status\`. */\n`,
    `export type ${names.outcome}<Op extends OperationId> = OutcomeOf<Operations, Op>;\n`,
    `/** The body of an operation's success; undefined where it has none. */\n`,
    `export type ${names.answer}<Op extends OperationId> = SuccessOf<Operations, Op>;\n\n`,
    `export type ${names.api} = DocumentApi<Operations>;\n\n`,
    `/** Makes a client. Throws an \`InvalidArgumentError\` for an option that cannot work; connects to nothing yet. */\n`,
    `export function ${names.create}(options: DocumentApiOptions${server === undefined ? ` & { readonly baseUrl: string }` : ' = {}'}): ${names.api} {\n`,
    `  return createDocumentApi<Operations>({ name: ${quote(spec)}, ${server === undefined ? '' : `server: ${quote(server)}, `}operations, wire }, options);\n`,
    `}\n`,
  ].join('');
}
