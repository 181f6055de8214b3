import { busyTenant, idleTenant, scrapeOf } from '../test/support/exposed-tenants.js';
import { parseExposition } from '../test/support/parse-exposition.js';
import { combinations, DEFINITIONS, type Definition } from '../src/metrics/definitions.js';
import { Metrics, PREFIX } from '../src/metrics/metrics.js';

const FLEETS = [1, 100, 1_000] as const;

/** Series of one process, as a scrape of it shows. */
interface Measured {
  readonly tenants: number;
  readonly least: number;
  readonly most: number;
}

/** The page about all metrics. */
export async function metricsDocument(): Promise<string> {
  const definitions: readonly Definition[] = Object.values(DEFINITIONS);
  const ofTenants = definitions.filter(({ labels }) => 'tenant' in labels);
  const ofFleet = definitions.filter(({ labels }) => !('tenant' in labels));
  const fleets = await Promise.all(FLEETS.map(measure));
  return `# Metrics

<!-- Written by \`pnpm --filter gateway-sync generate:metrics\` from src/metrics/definitions.ts; edit those. -->

Every name begins with \`${PREFIX}\`. \`GET /metrics\` answers OpenMetrics 1.0 where \`Accept\` prefers
\`application/openmetrics-text\`, as Prometheus does, and the text format otherwise; the series are the same.
Counters stand at 0 from the start. A label has no value but those listed; \`tenant\` is a name of the file, and every
series of a tenant vanishes with it. No metric has both tenant and event type. Alert rules and dashboards are in
[deploy](../deploy/README.md), and [the runbook](runbook.md) says what to do about an alert.

## Of each tenant

${ofTenants.map(section).join('\n\n')}

## Of the service

${ofFleet.map(section).join('\n\n')}

## How many series

| tenants | just started | at most |
| ------- | ------------ | ------- |
${fleets.map(({ tenants, least, most }) => `| ${[tenants, least, most].map(grouped).join(' | ')} |`).join('\n')}

Measured by a scrape. That is for n tenants ${formula(fleets, ({ least }) => least)} at the start, and
${formula(fleets, ({ most }) => most)} when each has objects of every kind, a reading of its quota, a forecast and
something given up. Every replica shows all tenants. Process metrics of Node (\`process_…\`, \`nodejs_…\`) are not counted
here: less than a hundred more, however many tenants there are.
`;
}

const grouped = (count: number): string => count.toLocaleString('en');

function section(definition: Definition): string {
  const { name, type, unit, help, labels, buckets } = definition;
  const told = Object.entries(labels).map(([label, values]) =>
    typeof values === 'string'
      ? `- \`${label}\`: ${label === 'tenant' ? 'a name of the file' : 'what the build says'}`
      : `- \`${label}\`: ${values.map((value) => `\`${value}\``).join(', ')}`,
  );
  const bounds = buckets ? [`- buckets: ${buckets.join(', ')}`] : [];
  const head = `${type}, unit: ${unit}, series: ${seriesOf(definition)}`;
  return [`### ${name}`, help, head, [...told, ...bounds].join('\n')].filter((part) => part !== '').join('\n\n');
}

function seriesOf({ type, labels, buckets, startWith }: Definition): string {
  const { tenant, ...others } = labels;
  const each = startWith?.length ?? combinations(others).length;
  // The buckets, the one without bound, the sum and the count.
  const lines = type === 'histogram' ? each * ((buckets?.length ?? 0) + 3) : Math.max(each, 1);
  if (tenant === undefined) return String(lines);
  // A resource that a tenant never had anything of has no series.
  return `${lines}${type === 'gauge' && lines > 1 ? ' at most' : ''} for each tenant`;
}

async function measure(tenants: number): Promise<Measured> {
  const count = async (show: (metrics: Metrics, tenant: string) => void): Promise<number> => {
    const metrics = new Metrics({ version: '0', revision: '0' }, { now: () => 0 });
    for (const purpose of ['reconcile', 'quota'] as const) metrics.listenTo(purpose, () => ({ beatAt: 0 }));
    for (let index = 0; index < tenants; index += 1) show(metrics, `shop${index}`);
    const families = parseExposition(await scrapeOf(metrics)).filter(({ name }) => name.startsWith(PREFIX));
    return families.reduce((sum, { samples }) => sum + samples.length, 0);
  };
  return { tenants, least: await count(idleTenant), most: await count(busyTenant) };
}

/** The line through the first and the last; it has to go through the others. */
function formula(fleets: readonly Measured[], of: (fleet: Measured) => number): string {
  const [first, ...rest] = fleets;
  const last = rest.at(-1);
  if (!first || !last) throw new Error('nothing was measured');
  const slope = (of(last) - of(first)) / (last.tenants - first.tenants);
  const fixed = of(first) - slope * first.tenants;
  if (fleets.some((fleet) => of(fleet) !== fixed + slope * fleet.tenants)) throw new Error('not a straight line');
  return `${fixed} + ${slope} × n`;
}
