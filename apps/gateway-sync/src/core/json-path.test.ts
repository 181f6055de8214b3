import { describe, expect, it } from 'vitest';
import { jsonPathProblem } from './json-path.js';

describe('jsonPathProblem', () => {
  it.each([
    "$[?(@.status.value == 'DECLINED')]",
    "$[?(@.siteCode == 'main')]",
    '$[?(@.total.amount > 100)]',
    "$[?(@.type in ['B2B', 'B2C'] && @.total.amount >= 1e3)]",
    "$[?(!(@.a == 1) || !@.b && (@['c d'] nin [1,2]))]",
    '$[?(@.name =~ /foo.*\\/bar/i)]',
    '$[?(@.items size 3)]',
    '$[?(@.items empty false)]',
    "$[?(@.tags anyof ['a', 'b'])]",
    '$[?(@.x)]',
    '$[?( @.x )].y[0,1]..z[*]',
    '$..items[1:2].length()',
    "$['a','b']",
    'status.value',
    "$[?(@.quote == 'it\\'s')]",
    '$[?(@.a == {"b": [1]})]',
    '$[?($.limit <= @.total)]',
    '@.type',
    '$',
  ])('takes %s', (filter) => {
    expect(jsonPathProblem(filter)).toBeUndefined();
  });

  it.each<[string, number, string]>([
    ['', 1, 'it is empty'],
    ['  ', 3, 'it is empty'],
    ['?(@.a)', 1, 'a path starts with $'],
    ['$[?()]', 4, 'the predicate is empty'],
    ['$[?(  )]', 4, 'the predicate is empty'],
    ["$[?(@.a == 'x)]", 12, 'the quotes are never closed'],
    ['$[?(@.a == "x)]', 12, 'the quotes are never closed'],
    ["$[?(@.a == 'x']", 15, 'expected ), && or ||'],
    ["$[?(@.a == 'x'", 4, 'the parenthesis is never closed'],
    ["$[?(@.a == 'x')", 2, 'the bracket is never closed'],
    ["$[?(@.a == 'x'))]", 16, 'expected ]'],
    ["$[?(@.a = 'x')]", 9, 'there is no operator ='],
    ["$[?(@.a equals 'x')]", 9, 'there is no operator equals'],
    ['$[?(@.a === )]', 13, 'a value is missing'],
    ['$[?(@.a == x)]', 12, 'a value is missing'],
    ["$[?('x')]", 8, 'an operator is missing'],
    ['$[?(@.a == 1 and @.b == 2)]', 14, 'expected ), && or ||'],
    ['$[?(@.a&&@.b)]', 8, 'a blank is missing before &&'],
    ['$[?(@.a == 1 &&)]', 16, 'a value is missing'],
    ['$[?(@.a =~ /x)]', 12, 'the regular expression does not end'],
    ['$[?@.a == 1]', 4, 'a predicate stands in parentheses: [?(…)]'],
    ['$[]', 2, 'the brackets are empty'],
    ['$[name]', 2, 'brackets hold a quoted name, a number, * or a predicate'],
    ['$.a[0', 4, 'the bracket is never closed'],
    ["$['a]", 3, 'the quotes are never closed'],
    ['$.', 3, 'a name is missing'],
    ['$.a b', 5, 'a path ends here, and something follows'],
    ['$.a]', 4, 'a path ends here, and something follows'],
  ])('refuses %s', (filter, column, reason) => {
    expect(jsonPathProblem(filter)).toEqual({ column, reason });
  });
});
