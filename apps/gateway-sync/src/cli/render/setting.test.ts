import { describe, expect, test } from 'vitest';
import { settingList, settingText } from './setting.js';

describe('a setting', () => {
  test.each([
    ['plain', 'plain'],
    [undefined, 'not set'],
    [null, 'null'],
    [true, 'true'],
    [50, '50'],
    [[], 'none'],
    [{}, 'none'],
    [['order.created', 'order.updated'], 'order.created, order.updated'],
    [{ 'x-shop': 'north', authorization: '[secret]' }, 'x-shop: north, authorization: [secret]'],
    [{ event: 'a.x', headers: { a: 'b' } }, 'event: a.x, headers: (a: b)'],
    [[{ event: 'a.x' }, ['b']], '(event: a.x), (b)'],
    [{ excludedFields: [], filter: null }, 'excludedFields: none, filter: null'],
    ['red\u001B[31m', 'red�[31m'],
  ])('%j is shown as %j', (value, text) => {
    expect(settingText(value)).toBe(text);
  });

  test('that is a list of things with parts is shown with one on each line', () => {
    expect(settingList([{ event: 'a.x' }])).toEqual([{ event: 'a.x' }]);
    expect([settingList([]), settingList(['a']), settingList({ a: 1 }), settingList(undefined)]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
