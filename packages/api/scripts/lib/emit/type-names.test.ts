import { expect, test } from 'vitest';
import { typeNames } from './type-names.ts';

function named(...schemas: readonly string[]): Readonly<Record<string, string>> {
  const root = { components: { schemas: Object.fromEntries(schemas.map((name) => [name, {}])) } };
  return Object.fromEntries(typeNames(root, ['createVendorApi']));
}

test('names that TypeScript takes stay, others are made ones', () => {
  expect(named('Order', 'order.v1-line', '2fa', 'Ünder', 'a b/c')).toEqual({
    Order: 'Order',
    'order.v1-line': 'OrderV1Line',
    '2fa': 'Schema2fa',
    Ünder: 'Ünder',
    'a b/c': 'ABC',
  });
});

test('names that mean something there get an ending', () => {
  expect(named('Record', 'class', 'components', 'createVendorApi')).toEqual({
    Record: 'RecordSchema',
    class: 'classSchema',
    components: 'componentsSchema',
    createVendorApi: 'createVendorApiSchema',
  });
});

test('of two that would be alike, the one that needed no change has the name, whatever the order', () => {
  const expected = {
    'foo-bar': 'FooBar_2',
    FooBar: 'FooBar',
    'foo.bar': 'FooBar_3',
    RecordSchema: 'RecordSchema',
    Record: 'RecordSchema_2',
  };
  expect(named('foo-bar', 'FooBar', 'foo.bar', 'RecordSchema', 'Record')).toEqual(expected);
  expect(named('Record', 'RecordSchema', 'foo.bar', 'FooBar', 'foo-bar')).toEqual(expected);
});
