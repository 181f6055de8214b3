import { describe, expect, it } from 'vitest';
import { RESOURCES } from '../core/action.js';
import { ANY, DEFINITIONS, type Definition } from './definitions.js';
import { Metrics, PREFIX } from './metrics.js';
import { busyTenant, idleTenant, scrapeOf } from '../../test/support/exposed-tenants.js';
import { complaints } from '../../test/support/metric-complaints.js';
import { parseExposition, parseOpenMetrics, type ExposedFamily } from '../../test/support/parse-exposition.js';

const definitions: readonly Definition[] = Object.values(DEFINITIONS);
const ofTenants = definitions.filter(({ labels }) => 'tenant' in labels);

/** Everything that the service may do for tenants, done. */
async function everything(tenants: readonly string[]): Promise<Metrics> {
  const metrics = new Metrics({ version: '1.2.3', revision: 'abc' }, { now: () => 0 });
  metrics.started(-5);
  metrics.attempted({ upstream: 'oauth', operation: 'requestToken', code: 'timeout', durationMs: 5 });
  for (const tenant of tenants) busyTenant(metrics, tenant);
  return metrics;
}

/** Series whose labels are not those of the definition, with a value of its list each. */
function outside(families: readonly ExposedFamily[]): string[] {
  return families.flatMap(({ name, samples }) => {
    const definition = definitions.find((candidate) => PREFIX + candidate.name === name);
    if (!definition) return name.startsWith(PREFIX) ? [name] : [];
    const expected = Object.keys(definition.labels).toSorted();
    return samples
      .map(({ labels }) => Object.fromEntries(Object.entries(labels).filter(([label]) => label !== 'le')))
      .filter((labels) => Object.keys(labels).toSorted().join() !== expected.join() || !withinLists(definition, labels))
      .map((labels) => `${name}${JSON.stringify(labels)}`);
  });
}

function withinLists(definition: Definition, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(labels).every(([label, value]) => {
    const list = definition.labels[label];
    return list === ANY || list?.includes(value) === true;
  });
}

describe('the contract of the metrics', () => {
  it.each(definitions)('$name keeps it', (definition) => {
    expect(complaints(definition)).toEqual([]);
  });

  const valid: Definition = { name: 'quota_used_events', type: 'gauge', unit: 'events', help: 'Used.', labels: {} };
  it.each<[string, Partial<Definition>]>([
    ['the name does not end with its unit events', { name: 'quota_used' }],
    ['the name does not end with its unit seconds', { name: 'lag', unit: 'seconds' }],
    ['the name does not end with its unit number', { name: 'reconciles', type: 'counter', unit: 'number' }],
    ['only a counter ends with _total', { name: 'quota_total', unit: 'number' }],
    ['it measures time in something else than seconds', { help: 'Time that it took.' }],
    ['a time does not end with _timestamp_seconds', { name: 'x_seconds', unit: 'seconds', help: 'Unix time of x.' }],
    ['the help is no sentence', { help: 'used' }],
    ['a histogram for each tenant', { type: 'histogram', buckets: [1], labels: { tenant: ANY } }],
    [
      'a label for event types, of which a tenant has dozens',
      { labels: { tenant: ANY, event_type: ['order.created'] } },
    ],
    ['a label without end', { labels: { url: RESOURCES } }],
    ['an open label beside the tenant', { labels: { tenant: ANY, subscription: ANY } }],
    ['a label without a closed list', { labels: { reason: ANY } }],
  ])('knows what breaks it: %s', (complaint, change) => {
    expect(complaints(valid)).toEqual([]);
    expect(complaints({ ...valid, ...change })).toContain(complaint);
  });

  it('holds for every series of a scrape, in both formats', async () => {
    const metrics = await everything(['acme']);
    const families = parseExposition(await scrapeOf(metrics));
    expect(families.map(({ name }) => name)).toEqual(
      expect.arrayContaining(definitions.map(({ name }) => PREFIX + name)),
    );
    expect(outside(families)).toEqual([]);
    const open = parseOpenMetrics(await scrapeOf(metrics, 'openmetrics')).map((family) => ({
      ...family,
      name: family.type === 'counter' ? `${family.name}_total` : family.name,
    }));
    expect(outside(open)).toEqual([]);
    const stranger = {
      name: 'gateway_sync_tenants',
      type: 'gauge',
      samples: [{ labels: { state: 'lost' }, value: 1 }],
    };
    expect(outside([stranger])).toEqual(['gateway_sync_tenants{"state":"lost"}']);
  });

  it('lets every metric of a tenant have a series, and lets none of them outlive it', async () => {
    const metrics = await everything(['acme', 'beta']);
    const of = async (tenant: string) =>
      parseExposition(await scrapeOf(metrics))
        .filter(({ samples }) => samples.some(({ labels }) => labels['tenant'] === tenant))
        .map(({ name }) => name);
    const all = ofTenants.map(({ name }) => PREFIX + name);
    expect(await of('acme')).toEqual(all);
    metrics.removeTenant('acme');
    expect(await of('acme')).toEqual([]);
    expect(await scrapeOf(metrics, 'openmetrics')).not.toContain('acme');
    expect(await of('beta')).toEqual(all);
  });

  it('shows of a tenant that nobody looked at yet what is known of it', async () => {
    const metrics = new Metrics({ version: '0', revision: '0' }, { now: () => 0 });
    idleTenant(metrics, 'acme');
    const shown = parseExposition(await scrapeOf(metrics)).flatMap(({ name, samples }) =>
      samples.filter(({ labels }) => labels['tenant'] === 'acme').map(() => name.slice(PREFIX.length)),
    );
    expect(new Set(shown)).toEqual(
      new Set([
        'tenant_in_sync',
        'tenant_paused',
        'tenant_blocked',
        'tenant_consecutive_failures',
        'tenant_actions_total',
      ]),
    );
  });
});
