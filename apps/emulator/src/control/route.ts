import { z } from 'zod';
import type { World } from '../world.js';

/** A request to the control API, its body already checked. */
export interface ControlRequest<B> {
  readonly world: World;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: B;
}

/** One route of the control API. */
export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/_emulator`, with `:name` for parameters. */
  readonly path: string;
  readonly summary: string;
  /** JSON Schema of the body; null when there is none. */
  readonly body: unknown;
  run(request: ControlRequest<unknown>): object | Promise<object>;
}

/** Nothing of that name; the control API answers 404. */
export class UnknownThing extends Error {
  override readonly name = 'UnknownThing' as const;
}

export function route(
  method: ControlRoute['method'],
  path: string,
  summary: string,
  run: (request: ControlRequest<undefined>) => object | Promise<object>,
): ControlRoute {
  return { method, path, summary, body: null, run: (request) => run({ ...request, body: undefined }) };
}

/** A route whose body must fit `schema`; a missing body counts as `{}`. */
export function routeWithBody<S extends z.ZodType>(
  method: ControlRoute['method'],
  path: string,
  summary: string,
  schema: S,
  run: (request: ControlRequest<z.output<S>>) => object | Promise<object>,
): ControlRoute {
  return {
    method,
    path,
    summary,
    body: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
    run: (request) => run({ ...request, body: schema.parse(request.body ?? {}) }),
  };
}

export function toIso(time: number): string {
  return new Date(time).toISOString();
}
