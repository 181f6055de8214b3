import { z } from 'zod';
import { normalUrl } from '../../core/url.js';
import type { ConfigProblem } from '../../core/errors.js';
import { pathText, type Path, type Source } from './document.js';

/** What one key alone does not show about endpoints. Works on whatever part of the document is sound. */
export function checkEndpoints(value: unknown, source: Source): ConfigProblem[] {
  const file = roughFile.safeParse(value).data;
  if (!file) return [];
  const { defaults, tenants } = file;
  return [
    ...checkList(defaults, ['defaults'], source),
    ...tenants.flatMap((tenant, index) => {
      const path = ['tenants', index];
      return [...checkList(tenant, path, source), ...checkProvider(tenant, defaults, path, source)];
    }),
  ];
}

const text = z.string().optional().catch(undefined);
const roughEndpoint = z
  .object({ uid: text, url: text, secret: z.unknown().optional(), secretVersion: z.unknown().optional() })
  .catch({});
const roughPolicy = z
  .object({
    endpoints: z.array(roughEndpoint).optional().catch(undefined),
    svix: z.object({ apiKey: text }).optional().catch(undefined),
    delivery: z.object({ provider: text, apiKey: text }).optional().catch(undefined),
  })
  .catch({});
const roughFile = z.object({ defaults: roughPolicy.default({}), tenants: z.array(roughPolicy).catch([]) });
type RoughPolicy = z.infer<typeof roughPolicy>;

function checkList({ endpoints = [] }: RoughPolicy, path: Path, source: Source): ConfigProblem[] {
  const uids = new Map<string, number>();
  const urls = new Map<string, number>();
  return endpoints.flatMap(({ uid, url, secret, secretVersion }, index): ConfigProblem[] => {
    const at: Path = [...path, 'endpoints', index];
    const place = (first: number) => source.place([...path, 'endpoints', first]);
    const sameUid = earlier(uids, uid, index);
    const sameUrl = earlier(urls, url && normalUrl(url), index);
    const problems: ConfigProblem[] = [];
    if (sameUid !== undefined) {
      const message = `endpoint ${uid} stands here a second time, first at ${place(sameUid)}`;
      problems.push(problem([...at, 'uid'], source, message, 'keep one of them, or give this one another uid'));
    }
    if (sameUrl !== undefined) {
      const message = `is the URL of the endpoint at ${place(sameUrl)} too, and would get every event twice`;
      problems.push(problem([...at, 'url'], source, message, 'merge the two endpoints'));
    }
    if (secret !== undefined && secretVersion !== undefined) {
      const message = 'has no meaning beside a secret of one’s own';
      problems.push(problem([...at, 'secretVersion'], source, message, 'remove one of the two'));
    }
    return problems;
  });
}

/** Where the same text stood before, if it did. */
function earlier(seen: Map<string, number>, value: string | undefined, index: number): number | undefined {
  if (value === undefined) return undefined;
  const first = seen.get(value);
  if (first === undefined) seen.set(value, index);
  return first;
}

function checkProvider(tenant: RoughPolicy, defaults: RoughPolicy, path: Path, source: Source): ConfigProblem[] {
  if ((tenant.endpoints ?? defaults.endpoints) === undefined) return [];
  const provider = tenant.delivery?.provider ?? defaults.delivery?.provider;
  const key = tenant.svix?.apiKey ?? defaults.svix?.apiKey;
  const at = tenant.endpoints ? [...path, 'endpoints'] : path;
  if (provider === 'HTTP') {
    const message = 'endpoints are Svix’s, and with delivery.provider HTTP nothing goes through Svix';
    const remedy = 'write the destinations to delivery.targets, or choose the provider SVIX_SHARED or SVIX';
    return [problem(at, source, message, remedy)];
  }
  if (
    provider === 'SVIX' &&
    key === undefined &&
    (tenant.delivery?.apiKey ?? defaults.delivery?.apiKey) === undefined
  ) {
    const message = 'endpoints in a Svix account of one’s own cannot be reached without its API key';
    return [problem(at, source, message, 'add svix.apiKey or delivery.apiKey, such as ${env:SVIX_API_KEY}')];
  }
  if (provider === 'SVIX_SHARED' && key !== undefined) {
    const message = 'svix.apiKey reaches an account of one’s own, and SVIX_SHARED delivers through the one of Emporix';
    return [problem(at, source, message, 'remove svix.apiKey for this tenant, or choose the provider SVIX')];
  }
  return [];
}

function problem(path: Path, source: Source, message: string, remedy: string): ConfigProblem {
  return { place: source.place(path), path: pathText(path), message, remedy };
}
