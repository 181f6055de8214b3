import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

/** One example answer of an operation, as the API document has it. */
export interface ExampleAnswer<OperationId extends string = string> {
  readonly operationId: OperationId;
  readonly status: number;
  readonly name: string;
  /** Undefined where the document gives the answer no body. */
  readonly body: unknown;
}

const response = z.object({
  $ref: z.string().optional(),
  content: z
    .record(z.string(), z.object({ examples: z.record(z.string(), z.object({ value: z.unknown() })) }))
    .optional(),
});
const operation = z.object({
  operationId: z.string(),
  responses: z.record(z.string(), response),
});
const spec = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({ responses: z.record(z.string(), response).default({}) }),
});

/** Every example of every documented answer of the operations of `specs/<name>.yaml`. */
export function exampleAnswers<Id extends string>(
  name: string,
  operations: Readonly<Record<Id, unknown>>,
): Array<ExampleAnswer<Id>> {
  const isKnown = (id: string): id is Id => id in operations;
  const file = fileURLToPath(import.meta.resolve(`@gateway-sync/specs/${name}.yaml`));
  const { paths, components } = spec.parse(parse(readFileSync(file, 'utf8')));
  const methods = Object.values(paths).flatMap((item) => Object.values(item));
  const described = methods.flatMap((value) => operation.safeParse(value).data ?? []);
  return described.flatMap(({ operationId, responses }) => {
    if (!isKnown(operationId)) throw new Error(`${operationId} of ${name} was not generated`);
    return Object.entries(responses).flatMap(([status, { $ref, content }]) => {
      const shared = components.responses[$ref?.split('/').at(-1) ?? ''];
      const examples = Object.values(content ?? shared?.content ?? {}).flatMap(({ examples: named }) =>
        Object.entries(named),
      );
      const bodies = examples.length > 0 ? examples : [['no body', { value: undefined }] as const];
      return bodies.map(([title, { value: body }]) => ({ operationId, status: Number(status), name: title, body }));
    });
  });
}
