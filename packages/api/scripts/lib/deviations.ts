import { existsSync } from 'node:fs';
import { z } from 'zod';
import { readDocument } from './document.ts';
import { InvalidSpecError } from './problem.ts';

/** A way in which our document differs from another one on purpose. */
export interface Deviation {
  readonly id: string;
  /** Name of the spec that it is about. */
  readonly spec: string;
  /** Lines as a comparison prints them, `*` standing for any text. Each must match something. */
  readonly match: readonly string[];
  /** Where the entry stands, as `file:line:column`. */
  readonly place: string;
}

const text = z.string().trim().min(1);
const schema = z.strictObject({
  deviations: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z][a-z0-9-]*$/),
      spec: text,
      match: z
        .array(text.regex(/^(ours-only|theirs-only|changed) /, 'begins with ours-only, theirs-only or changed'))
        .min(1),
      what: text,
      why: text,
      evidence: text,
    }),
  ),
});

/** Reads the list; empty without a file. Throws InvalidSpecError with every fault in it. */
export function readDeviations(file: string): readonly Deviation[] {
  if (!existsSync(file)) return [];
  const document = readDocument(file);
  const parsed = schema.safeParse(document.root);
  if (!parsed.success) {
    throw new InvalidSpecError(
      parsed.error.issues.map(({ path, message }) => {
        const { line, column } = document.locate(path.filter((key) => typeof key !== 'symbol'));
        return { file, line, column, rule: 'deviations', message: `${path.join('.')}: ${message}` };
      }),
    );
  }
  const seen = new Set<string>();
  return parsed.data.deviations.map(({ id, spec, match }, index) => {
    const { line, column } = document.locate(['deviations', index]);
    if (seen.has(id)) {
      throw new InvalidSpecError([{ file, line, column, rule: 'deviations', message: `${id} is used twice` }]);
    }
    seen.add(id);
    return { id, spec, match, place: `${file}:${line}:${column}` };
  });
}

/** Whether a line has the shape of a pattern, in which `*` stands for any text and everything else for itself. */
export function matchesPattern(pattern: string, line: string): boolean {
  const source = pattern.split('*').map(escapeRegExp).join('.*');
  return new RegExp(`^${source}$`, 's').test(line);
}

function escapeRegExp(part: string): string {
  return part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
