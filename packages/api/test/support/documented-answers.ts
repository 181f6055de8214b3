import { describe, expect, it } from 'vitest';

import { ConcealedDashboardAccess } from '../../src/concealed-dashboard-access.js';
import { ConcealedEndpointSecret, type OperationDescription } from '../../src/index.js';
import { rejection } from './client.js';
import { empty, json, text } from './replies.js';
import { serve, type Reply, type TestServer } from './server.js';
import { exampleAnswers } from './spec-examples.js';

/** The error of each status. */
const errorNames: Record<number, string> = {
  302: 'UnexpectedStatusError',
  400: 'BadRequestError',
  401: 'UnauthorizedError',
  403: 'ForbiddenError',
  404: 'NotFoundError',
  409: 'ConflictError',
  413: 'UnexpectedStatusError',
  415: 'UnexpectedStatusError',
  418: 'UnexpectedStatusError',
  422: 'UnexpectedStatusError',
  429: 'RateLimitedError',
  431: 'UnexpectedStatusError',
  500: 'ServerError',
  501: 'ServerError',
  502: 'ServerError',
  503: 'ServerError',
};

/** What a low-level call resolves with, as far as it is the same for all operations. */
interface AnyOutcome {
  readonly undocumented: boolean;
  readonly status: number;
  readonly ok: boolean;
  readonly body: unknown;
}

/** One operation through the low-level call, and through its named method where it has one. */
export interface Calls<Api> {
  readonly outcome: (api: Api) => Promise<AnyOutcome>;
  readonly named?: (api: Api) => Promise<unknown>;
}

/** Concealed bodies give their members only by name. */
function readable(body: unknown): unknown {
  if (body instanceof ConcealedDashboardAccess) return { url: body.url, token: body.token };
  return body instanceof ConcealedEndpointSecret ? { key: body.key } : body;
}

/** Plays every example of a document to a client and looks at what becomes of it. */
export function describeDocumentedAnswers<Id extends string, Api>(document: {
  readonly name: string;
  readonly operations: Readonly<Record<Id, OperationDescription>>;
  readonly calls: Readonly<Record<Id, Calls<Api>>>;
  /** A client that tries once. */
  readonly client: (server: TestServer) => Api;
  /** Statuses that it lists for no operation. */
  readonly undocumented: readonly number[];
}): void {
  const { name, operations, calls, client, undocumented } = document;
  const examples = exampleAnswers(name, operations).map((example) => ({
    ...example,
    reply: replyWith(example.status, example.body),
    title: `${example.operationId} ${example.status} (${example.name})`,
  }));

  it('finds an example for every documented status of every operation', () => {
    const documented = Object.values<OperationDescription>(operations).flatMap((operation) =>
      [...operation.successStatuses, ...operation.errorStatuses].map((status) => `${operation.operationId} ${status}`),
    );
    expect(new Set(examples.map(({ operationId, status }) => `${operationId} ${status}`))).toEqual(new Set(documented));
  });

  describe('an answer that is documented', () => {
    it.each(examples)('is the member of its status: $title', async (example) => {
      const outcome = await calls[example.operationId].outcome(client(await serve(example.reply)));
      const { status, ok, body } = outcome;
      expect({ undocumented: outcome.undocumented, status, ok, body: readable(body) }).toEqual({
        undocumented: false,
        status: example.status,
        ok: example.status < 300,
        body: example.body,
      });
    });

    const refused = examples.flatMap(({ operationId, ...example }) =>
      example.status < 400 ? [] : namedOf(calls[operationId]).map((named) => ({ ...example, operationId, named })),
    );
    it.each(refused)('is the error of its meaning: $title', async ({ operationId, status, reply, named }) => {
      const { method, path } = operations[operationId];
      expect(await rejection(named(client(await serve(reply))))).toMatchObject({
        name: errorNames[status],
        status,
        operationId,
        method,
        pathTemplate: path,
      });
    });
  });

  describe('an answer with a status that is not documented', () => {
    it.each(undocumented)('is a member of its own and a typed error: %i', async (status) => {
      const body = { why: 'unknown' };
      const api = client(await serve(json(status, body)));
      for (const call of Object.values<Calls<Api>>(calls)) {
        expect(await call.outcome(api)).toMatchObject({ undocumented: true, status, ok: false, body });
      }
      for (const named of Object.values<Calls<Api>>(calls).flatMap(namedOf)) {
        expect(await rejection(named(api))).toMatchObject({ name: errorNames[status], status });
      }
    });
  });
}

function replyWith(status: number, body: unknown): Reply {
  if (body === undefined) return empty(status);
  return typeof body === 'string' ? text(status, body) : json(status, body);
}

function namedOf<Api>({ named }: Calls<Api>): Array<(api: Api) => Promise<unknown>> {
  return named === undefined ? [] : [named];
}
