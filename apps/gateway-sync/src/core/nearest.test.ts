import { expect, test } from 'vitest';
import { nearest } from './nearest.js';

const names = ['product.created', 'product.updated', 'product.deleted', 'price.created', 'order.created'];

test('the nearest names come first, and only near ones', () => {
  expect(nearest('product.creatd', names)).toEqual(['product.created', 'product.updated']);
  expect(nearest('PRODUCT.CREATED', names, 1)).toEqual(['product.created']);
  expect(nearest('something-else-entirely', names)).toEqual([]);
  expect(nearest('on', ['off', 'one'])).toEqual(['one']);
});

test('equally near names come in order of the alphabet, whatever the order given', () => {
  expect(nearest('b', ['c', 'a', 'bb'])).toEqual(['a', 'bb', 'c']);
  expect(nearest('b', ['bb', 'c', 'a'])).toEqual(['a', 'bb', 'c']);
});
