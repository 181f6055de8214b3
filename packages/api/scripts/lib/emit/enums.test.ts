import { expect, test } from 'vitest';
import { emitEnums } from './enums.ts';

const header = '// Made from specs/a.yaml by `pnpm generate`. Do not edit: change the source and run it again.\n\n';

function emit(schemas: Record<string, unknown>): string {
  const text = emitEnums('specs/a.yaml', { components: { schemas } });
  expect(text.startsWith(header)).toBe(true);
  return text.slice(header.length);
}

test('a list of strings becomes an array, a type and an object, in the order of the document', () => {
  expect(emit({ OrderState: { type: 'string', enum: ['PAID', 'half-open', "it's"] } })).toBe(
    [
      `import type * as types from './types.js';`,
      ``,
      `export const orderStateValues = ['PAID', 'half-open', 'it\\'s'] as const satisfies readonly types.OrderState[];`,
      `export type OrderState = (typeof orderStateValues)[number];`,
      `export const OrderState = {`,
      `  PAID: 'PAID',`,
      `  'half-open': 'half-open',`,
      `  'it\\'s': 'it\\'s',`,
      `} as const satisfies Record<string, types.OrderState>;`,
      ``,
    ].join('\n'),
  );
});

test('a list of integers becomes an array and a type', () => {
  expect(emit({ ItemStatus: { type: 'integer', enum: [200, 409] } })).toBe(
    [
      `import type * as types from './types.js';`,
      ``,
      `export const itemStatusValues = [200, 409] as const satisfies readonly types.ItemStatus[];`,
      `export type ItemStatus = (typeof itemStatusValues)[number];`,
      ``,
    ].join('\n'),
  );
});

test('single values and lists of anything else need no code', () => {
  const schemas = { Kind: { enum: ['A'] }, Other: { const: 'B' }, Mixed: { enum: [1.5, 2] }, Text: { type: 'string' } };
  expect(emit(schemas)).toBe('export {};\n');
});

test('enums are sorted by name, whatever the order of the document', () => {
  const [a, b] = [{ enum: ['1', '2'] }, { enum: ['3', '4'] }];
  expect(emit({ B: b, A: a })).toBe(emit({ A: a, B: b }));
});
