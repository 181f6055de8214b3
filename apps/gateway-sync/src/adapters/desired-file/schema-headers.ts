import { z } from 'zod';
import { headerValueProblem } from './svix-headers.js';

const headerValue = z.string().superRefine((value, context) => {
  const message = headerValueProblem(value);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

/** Headers that go with every delivery; whoever sends them has a say in their names. */
export function headersSchema(nameProblem: (name: string) => string | undefined) {
  return z
    .record(
      z.string(),
      z.union(
        [
          headerValue,
          z.strictObject({
            value: headerValue,
            secret: z.boolean().optional().meta({ description: 'Whether the value is kept out of plans and logs.' }),
          }),
        ],
        { error: 'must be a text, or a mapping of value and secret' },
      ),
    )
    .superRefine((values, context) => {
      const seen = new Set<string>();
      for (const name of Object.keys(values)) {
        const twice = seen.has(name.toLowerCase()) ? 'stands twice, in two spellings' : undefined;
        const message = nameProblem(name) ?? twice;
        if (message !== undefined) context.addIssue({ code: 'custom', path: [name], message });
        seen.add(name.toLowerCase());
      }
    });
}

export type WrittenHeaders = z.infer<ReturnType<typeof headersSchema>>;
