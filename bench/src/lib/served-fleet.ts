import { catalogue } from './fleet.ts';
import { startStaticServer, type StaticServer } from './static-server.ts';

/** What the file wants of every tenant; `catalogue` is in sync with it. */
const WANTED = `  subscriptions:
    - event: order.*
    - event: product.*
      excludedFields: [mixins]
    - event: customer.*
`;

export interface ServedFleet {
  readonly tenants: number;
  readonly baseUrl: string;
  readonly sync: {
    readonly interval: string;
    readonly concurrency: number;
    /** Absent: the one of the file. */
    readonly jitter?: string;
  };
  /** Absent: the most that a file may say, so that it limits nothing. */
  readonly requestsPerSecond?: number;
  /** Written as a comment, so that the text is another. */
  readonly remark?: string;
}

/** The text of a file as a person or a template would write it. */
export function fleetText({ tenants, baseUrl, sync, requestsPerSecond = 1_000, remark = '' }: ServedFleet): string {
  return `# ${remark}
version: 1
emporix:
  baseUrl: ${baseUrl}
  requestsPerSecond: ${requestsPerSecond}
sync:
  interval: ${sync.interval}
  maxInterval: ${sync.interval}
  concurrency: ${sync.concurrency}
  jitter: ${sync.jitter ?? '10%'}
defaults:
${WANTED}tenants:
${Array.from({ length: tenants }, (_, index) => tenantText(index)).join('')}`;
}

function tenantText(index: number): string {
  return `  - tenant: shop${index}\n    credentials:\n      clientId: shop${index}-id\n      clientSecret: shop${index}-secret\n`;
}

/** Answers every tenant as if it were in sync, each time after `latencyMs`. */
export async function startUpstream(latencyMs: number): Promise<StaticServer> {
  const { routes } = await catalogue();
  const statistics = JSON.stringify({ monthStatistics: [], webhooksLimit: 10_000 });
  return startStaticServer([...routes, { method: 'GET', path: '/webhook/*/statistics', body: statistics }], latencyMs);
}
