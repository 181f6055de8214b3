import { Hono, type Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { Refusal } from '../http/answer.js';
import { isObject } from '../json.js';
import type { World } from '../world.js';
import { clockRoutes } from './clock-routes.js';
import { faultRoutes } from './fault-routes.js';
import { quirkRoutes } from './quirk-routes.js';
import { requestRoutes } from './request-routes.js';
import { UnknownThing, type ControlRoute } from './route.js';
import { stateRoutes } from './state-routes.js';
import { svixRoutes } from './svix-routes.js';
import { tenantRoutes } from './tenant-routes.js';

/** Every route below `/_emulator`; `GET /_emulator` lists them. */
export const controlRoutes: readonly ControlRoute[] = [
  ...stateRoutes,
  ...tenantRoutes,
  ...svixRoutes,
  ...clockRoutes,
  ...faultRoutes,
  ...requestRoutes,
  ...quirkRoutes,
];

/** The control API: JSON in, JSON out, errors as `{error, details}`. */
export function createControl(world: World): Hono {
  const app = new Hono().basePath('/_emulator');
  app.get('/', (context) => context.json(describeControl()));
  for (const route of controlRoutes) {
    app.on(route.method, route.path, async (context) => {
      const answer = await route.run({
        world,
        params: context.req.param() as Record<string, string>,
        query: context.req.query(),
        body: route.body === null ? undefined : await readJson(context),
      });
      return context.json(answer);
    });
  }
  app.notFound((context) =>
    context.json({ error: 'there is no such route', details: ['GET /_emulator lists the routes'] }, 404),
  );
  app.onError((error, context) => answerError(error, context, world));
  return app;
}

function describeControl(): object {
  return {
    name: 'Emporix emulator',
    routes: controlRoutes.map(({ method, path, summary, body }) => ({
      method,
      path: `/_emulator${path}`,
      summary,
      body,
    })),
  };
}

async function readJson(context: Context): Promise<unknown> {
  const text = await context.req.text();
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new HTTPException(400, { message: 'the body is not valid JSON' });
  }
}

function answerError(error: Error, context: Context, world: World): Response {
  if (error instanceof z.ZodError) {
    const details = error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
    return context.json({ error: 'the request is not valid', details }, 400);
  }
  if (error instanceof Refusal) return context.json(toControlError(error), 400);
  if (error instanceof UnknownThing) return context.json({ error: error.message, details: [] }, 404);
  if (error instanceof HTTPException) return context.json({ error: error.message, details: [] }, error.status);
  world.log(`emulator: control failed: ${error.stack ?? error.message}`);
  return context.json({ error: 'the emulator itself failed; its log says why', details: [] }, 500);
}

/** What the API would refuse, a seed refuses too. */
function toControlError({ answer }: Refusal): { error: string; details: unknown } {
  const body = isObject(answer.body) ? answer.body : {};
  return { error: typeof body['message'] === 'string' ? body['message'] : 'refused', details: body['details'] ?? [] };
}
