import fc from 'fast-check';
import { expect, test } from 'vitest';
import { storableJson, storableText } from './columns.js';

test('a value without null characters and torn pairs stays as it is', () => {
  const whole = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      whole,
      fc.double({ noNaN: true }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('tree')),
      fc.dictionary(whole, tie('tree')),
    ),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      expect(storableJson(value as never)).toEqual(value);
    }),
  );
});

test('what is storable stays storable, and keeps its length', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }), (text) => {
      const torn = `${text}\uD83D\0`;
      expect(storableText(torn).isWellFormed()).toBe(true);
      expect(storableText(torn)).not.toContain('\0');
      expect(storableText(torn)).toHaveLength(torn.length);
    }),
  );
});
