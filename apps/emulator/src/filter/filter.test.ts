import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../json.js';
import { compileFilter, FilterSyntaxError } from './filter.js';

const quote: JsonObject = {
  status: { value: 'DECLINED', since: null },
  total: { amount: 250, currency: 'EUR' },
  type: 'B2B',
  code: '42',
  zero: 0,
  empty: '',
  vip: true,
  tags: ['new', 'hot'],
  items: [
    { sku: 'a', price: 5, options: [] },
    { sku: 'b', price: 50, options: ['gift'] },
  ],
  'odd name': 1,
};

/** filter | matches the quote above */
const cases: readonly (readonly [filter: string, matches: boolean, why?: string])[] = [
  ['', true, 'an empty filter matches everything'],
  ['  ', true],
  ["$[?(@.status.value == 'DECLINED')]", true, 'a predicate on an object judges the object itself'],
  ["$[?(@.status.value == 'NEW')]", false],
  ['$[?(@.value == "DECLINED")]', false, 'and not its members'],
  ["$.status[?(@.value == 'DECLINED')]", true],
  ['$[?(@.total.amount > 100)]', true],
  ['$[?(@.total.amount >= 250 && @.total.amount <= 250)]', true],
  ['$[?(@.total.amount < 250)]', false],
  ["$[?(@.type == 'B2B' || @.type == 'B2C')]", true],
  ["$[?(@.type == 'B2C' || @.vip == true && @.zero == 0)]", true, '&& binds tighter'],
  ["$[?(!(@.type == 'B2C'))]", true],
  ["$[?(@.type === 'B2B')]", true],
  ['$[?(@.code === 42)]', false, 'no conversion'],
  ['$[?(@.code !== 42)]', true],
  // a missing path is UNDEFINED
  ["$[?(@.missing == 'x')]", false],
  ['$[?(@.missing == null)]', false, 'missing is not null'],
  ["$[?(@.missing != 'x')]", true, '!= holds on a missing path'],
  ['$[?(@.missing != null)]', true],
  ["$[?(@.missing in ['a'])]", false],
  ["$[?(@.missing nin ['a'])]", true, 'nin holds on a missing path'],
  ['$[?(@.missing < 1)]', false],
  ['$[?(@.missing > 1)]', false],
  ['$[?(@.missing =~ /.*/)]', true, 'a missing value is matched as the empty text'],
  ['$[?(@.status.since == null)]', true],
  ['$[?(@.status.since != null)]', false],
  // existence
  ['$[?(@.total)]', true],
  ['$[?(@.missing)]', false],
  ['$[?(!@.missing)]', true],
  ['$[?(!@.total)]', false],
  ['$[?(@.status.since)]', true, 'null exists'],
  ['$[?(@.items[*].missing)]', true, 'an indefinite path always gives a list'],
  // text and number
  ['$[?(@.code == 42)]', true, 'equal as texts'],
  ['$[?(@.code == 42.0)]', true],
  ["$[?(@.total.amount == '250.0')]", true, 'equal as numbers when the number stands on the left'],
  ["$[?('250.0' == @.total.amount)]", false, 'equal as texts when the text does'],
  ['$[?(@.code > 5)]', false, 'compared as texts: "42" < "5"'],
  ["$[?(@.total.amount > '3')]", false, 'compared as texts: "250" < "3"'],
  ['$[?(@.vip > 0)]', false, 'booleans have no order'],
  ["$[?(@.type > 'A')]", true],
  // regular expressions
  ['$[?(@.type =~ /B2./)]', true],
  ['$[?(@.type =~ /B2/)]', false, 'the whole text must match'],
  ['$[?(@.type =~ /b2b/)]', false],
  ['$[?(@.type =~ /b2b/i)]', true],
  ['$[?(@.tags =~ /h.t/)]', true, 'one item of a list is enough'],
  ['$[?(@.total.amount =~ /25\\d/)]', true],
  // lists
  ["$[?(@.type in ['B2B', 'B2C'])]", true],
  ['$[?(@.type in ["B2C"])]', false],
  ["$[?('hot' in @.tags)]", true],
  ["$[?(@.type in 'B2B')]", false, 'no list: the predicate gives up'],
  ["$[?(@.type nin 'B2B')]", false, 'and gives up for nin too'],
  ["$[?(@.tags contains 'hot')]", true],
  ["$[?(@.type contains '2')]", true],
  ["$[?(@.tags all ['new', 'hot'])]", true],
  ["$[?(@.tags all ['new', 'old'])]", false],
  ["$[?(@.tags subsetof ['new', 'hot', 'old'])]", true],
  ["$[?(@.tags anyof ['old', 'hot'])]", true],
  ["$[?(@.tags noneof ['old'])]", true],
  ['$[?(@.tags size 2)]', true],
  ['$[?(@.empty empty true)]', true],
  ['$[?(@.tags empty true)]', false],
  ["$[?(@.tags == ['new','hot'])]", true],
  // paths
  ['$.items[?(@.price > 10)]', true, 'a predicate on a list judges its items'],
  ['$.items[?(@.price > 100)]', false],
  ['$.items[?(@.price > $.zero)].sku', true],
  ['$..sku', true],
  ['$..nothing', false],
  ["$[?('b' in @.items[*].sku)]", true],
  ["$[?(@.items[-1].sku == 'b')]", true],
  ["$[?(@.items[0:1].sku == ['a'])]", true],
  ['$.items[5]', false],
  ["$['odd name']", true],
  ["$[?(@['odd name'] == 1)]", true],
  ['$[?(@.items.length() == 2)]', true],
  ['$[?(@.tags.size() > 2)]', false],
  ['$.status.value', true],
  ['$.missing', false],
  ['status.value', true, 'the leading $. may be left out'],
  ['$', true],
  ['$.type[?(@.x == 1)]', false, 'a predicate on a scalar finds nothing'],
  ['$[?(@.vip&&@.missing)]', false, 'without blanks this is one odd name, which does not exist'],
];

describe('a filter', () => {
  test.for(cases)('%s matches: %s', ([filter, matches]) => {
    expect(compileFilter(filter)(quote)).toBe(matches);
  });

  test.for([
    "$[?(@.status == 'x'",
    "$[?(@.status == 'x')",
    "$[?(@.status == 'x]",
    '$[?(@.status ==)]',
    '$[?()]',
    '$[?]',
    '$[?@.a == 1]',
    "$[?('x')]",
    '$[?(@.a =~ /(/)]',
    '$[?(@.a =~ /x)]',
    '$[?(@.a == 1) && (@.b == 2)]',
    '$[?((@.a == 1)]',
    "$[?(@.a == 'x' or @.b == 'y')]",
    '$[?(@.a in [1,2)]',
    '$.',
    '$.a..',
    '$a',
    '$[]',
    '$[a]',
    "status == 'x'",
  ])('%s is no valid filter', (filter) => {
    expect(() => compileFilter(filter)).toThrow(FilterSyntaxError);
  });

  test('says where its syntax breaks', () => {
    expect(() => compileFilter("$[?(@.a == 'x]")).toThrow('the text does not end at character 12');
  });
});
