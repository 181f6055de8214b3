import { describe, expect, it } from 'vitest';
import { RESOURCES } from '../core/action.js';
import { ANY, type Definition } from './definitions.js';
import { TenantSeries } from './tenant-series.js';
import { parseExposition } from '../../test/support/parse-exposition.js';

const PLAIN: Definition = { name: 'up', type: 'gauge', unit: 'state', help: 'Whether it is.', labels: { tenant: ANY } };
const SPLIT: Definition = { ...PLAIN, name: 'things', labels: { tenant: ANY, resource: RESOURCES } };

function setup() {
  const series = new TenantSeries();
  const families = { up: series.family('x_', PLAIN), things: series.family('x_', SPLIT) };
  return { series, ...families, text: () => [...series.blocks()].join('') };
}

describe('series of tenants', () => {
  it('are written family by family, each with its head, whether it has series or not', () => {
    const { up, things, text } = setup();
    for (const tenant of ['acme', 'other']) things.set(tenant, 2, { resource: 'config' });
    up.set('other', 1);
    expect(text()).toBe(
      [
        '# HELP x_up Whether it is.',
        '# TYPE x_up gauge',
        'x_up{tenant="other"} 1',
        '# HELP x_things Whether it is.',
        '# TYPE x_things gauge',
        'x_things{tenant="acme",resource="config"} 2',
        'x_things{tenant="other",resource="config"} 2',
        '',
      ].join('\n'),
    );
  });

  it('come and go one by one, or with their tenant', () => {
    const { series, up, things, text } = setup();
    up.set('acme', 0);
    things.add('acme', 1, { resource: 'config' });
    things.add('acme', 1, { resource: 'config' });
    things.set('other', 5, { resource: 'target' });
    up.set('acme', undefined);
    series.remove('other');
    expect(text().match(/^x_.*$/gm)).toEqual(['x_things{tenant="acme",resource="config"} 2']);
    expect([up.get('acme'), things.get('acme', { resource: 'config' })]).toEqual([undefined, 2]);
    expect([...series.tenants()]).toEqual(['acme']);
  });

  it('are of the closed list only', () => {
    const { things } = setup();
    expect(() => things.set('acme', 1, { resource: 'elsewhere' })).toThrow(RangeError);
  });

  it.each([
    ['a "name"\\with\nall of it', 1],
    ['acme', Infinity],
    ['acme', -Infinity],
    ['acme', 1_790_000_000.123],
    ['acme', 1e21],
  ])('can be read back: %j %d', (tenant, value) => {
    const { up, text } = setup();
    up.set(tenant, value);
    expect(parseExposition(text())[0]?.samples).toEqual([{ labels: { tenant }, value }]);
  });

  it('come in blocks of bounded length, and as they were at the start of the scrape', () => {
    const { series, up, things, text } = setup();
    const tenants = Array.from({ length: 5_000 }, (_, index) => `shop${index}`);
    for (const tenant of tenants) up.set(tenant, 1);
    for (const tenant of tenants) things.set(tenant, 1, { resource: 'config' });
    const whole = text();
    const blocks: string[] = [];
    for (const block of series.blocks()) {
      blocks.push(block);
      series.remove(`shop${5_000 - blocks.length}`);
      up.set(`late${blocks.length}`, 1);
    }
    expect(blocks.join('')).toBe(whole);
    expect(Math.max(...blocks.map(({ length }) => length))).toBeLessThan(66_000);
    expect(parseExposition(whole).map(({ samples }) => samples.length)).toEqual([5_000, 5_000]);
  });
});
