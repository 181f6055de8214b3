import { serviceOperations } from '@gateway-sync/api';

/**
 * | kind | means |
 * |---|---|
 * | operation | the document has it |
 * | invalid-tenant | the path is right but for the name of the tenant |
 * | other-method | the document has the path with the methods `allow` |
 * | unknown | there is no such path |
 */
export type Route =
  | { readonly kind: 'operation'; readonly path: string; readonly writes: boolean }
  | { readonly kind: 'invalid-tenant' }
  | { readonly kind: 'other-method'; readonly allow: readonly string[] }
  | { readonly kind: 'unknown' };

/** As in the schema of the desired-state file. */
export const TENANT_NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/;

const ROUTES = Object.values(serviceOperations).map(({ method, path }) => ({
  method,
  path,
  pattern: new RegExp(`^${path.replaceAll('{tenant}', '([^/]+)')}$`),
}));

/** What a request is for, according to the document alone: case, slashes and escapes count. */
export function routeOf(method: string, url: string): Route {
  const [path = ''] = url.split('?', 1);
  const found = ROUTES.flatMap((route) => {
    const match = route.pattern.exec(path);
    return match ? [{ ...route, tenant: match[1] }] : [];
  });
  if (found.length === 0) return { kind: 'unknown' };
  const asked = method === 'HEAD' ? 'GET' : method;
  const route = found.find((candidate) => candidate.method === asked);
  if (!route) return { kind: 'other-method', allow: found.flatMap((candidate) => methodsOf(candidate.method)) };
  if (route.tenant !== undefined && !TENANT_NAME.test(route.tenant)) return { kind: 'invalid-tenant' };
  return { kind: 'operation', path: route.path, writes: route.method !== 'GET' };
}

function methodsOf(method: string): readonly string[] {
  return method === 'GET' ? ['GET', 'HEAD'] : [method];
}
