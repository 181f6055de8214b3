import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import * as fc from 'fast-check';
import { check, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { readCatalogue } from './catalogue.ts';
import { emitPayloads } from './emit-types.ts';
import { generateFiles } from './generated-files.ts';
import { tokens } from './shape.ts';

const own = new URL(import.meta.url).pathname;
const catalogue = readFileSync(new URL('../../../../specs/event-catalog.json', import.meta.url), 'utf8');
const generate = (text: string): ReturnType<typeof generateFiles> =>
  generateFiles(text, 'specs/event-catalog.json', own);

/** Of the real catalogue; made once. */
const files = generate(catalogue);

async function payloadsOf(schema: unknown, type = 'order.created'): Promise<string> {
  const made = await generate(JSON.stringify([{ type, group: 'Order', schema }]));
  return made.get('packages/events/src/generated/payloads.ts')?.split('\n\n').at(-1) ?? '';
}

test('every field may be missing or null, and every word of the catalogue has a type', async () => {
  const schema = {
    a: 'String',
    'b-c': ['Number'],
    d: { e: 'Boolean', f: [{ g: 'Integer' }] },
    h: {},
    i: [],
    j: { siteCode: [{ id: 'LocalizedString' }] },
    k: 'Map',
    l: ['Object'],
  };
  expect(await payloadsOf(schema)).toBe(`export type OrderCreated = {
  readonly a?: string | null;
  readonly 'b-c'?: ReadonlyArray<number> | null;
  readonly d?: {
    readonly e?: boolean | null;
    readonly f?: ReadonlyArray<{
      readonly g?: number | null;
    }> | null;
  } | null;
  readonly h?: Readonly<Record<string, unknown>> | null;
  readonly i?: ReadonlyArray<unknown> | null;
  readonly j?: Readonly<
    Record<
      string,
      ReadonlyArray<{
        readonly id?: Readonly<Record<string, string>> | null;
      }>
    >
  > | null;
  readonly k?: Readonly<Record<string, unknown>> | null;
  readonly l?: ReadonlyArray<Readonly<Record<string, unknown>>> | null;
};
`);
});

test('a payload of which nothing is published is a record', async () => {
  expect(await payloadsOf(null)).toBe(
    '/** No schema is published. */\nexport type OrderCreated = Readonly<Record<string, unknown>>;\n',
  );
});

test('equal catalogues give equal bytes, whatever the order of their rows', async () => {
  const rows: readonly unknown[] = JSON.parse(catalogue);
  expect(await generate(JSON.stringify(rows.toReversed()))).toEqual(await files);
});

test('prettier has nothing to change, and each file says where it comes from', async () => {
  const settings = await resolveConfig(own);
  for (const [filepath, text] of await files) {
    expect(await check(text, { ...settings, filepath }), filepath).toBe(true);
    expect(text.split('\n')[0]).toContain('Made from specs/event-catalog.json by `pnpm generate`. Do not edit');
  }
});

test('the table has every type with the fields at its root', async () => {
  const table = (await files).get('docs/events.md') ?? '';
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  expect(rows).toHaveLength(JSON.parse(catalogue).length);
  expect(rows).toContain('| `cart.item-deleted` | Cart | `tenant` String, `cartId` String, `itemId` String |');
  expect(rows).toContain('| `ai.agent-job-finished` | AI | not published |');
});

test('two types that would have one name are refused', async () => {
  const rows = ['price-list.created', 'price.list-created'].map((type) => ({ type, group: 'Price', schema: null }));
  await expect(generate(JSON.stringify(rows))).rejects.toThrow('has the name PriceListCreated');
});

test('whatever the catalogue says with its words becomes code', () => {
  const { schema } = fc.letrec<{ schema: object; value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      fc.constantFrom(...tokens),
      fc.array(tie('value'), { maxLength: 1 }),
      tie('schema'),
    ),
    schema: fc.dictionary(
      fc.string({ minLength: 1, unit: 'binary' }).filter((name) => name.trim() !== ''),
      tie('value'),
      { maxKeys: 4 },
    ),
  }));
  fc.assert(
    fc.property(schema, (value) => {
      const rows = readCatalogue(JSON.stringify([{ type: 'order.created', group: 'Order', schema: value }]), 'c.json');
      // Throws when it is not TypeScript.
      expect(stripTypeScriptTypes(emitPayloads('c.json', rows))).not.toContain('OrderCreated');
    }),
    { numRuns: 40 },
  );
});
