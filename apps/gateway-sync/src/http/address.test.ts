import { expect, test } from 'vitest';
import { networkOf, plainAddress } from './address.js';

test.each([
  ['10.0.0.7', '10.0.0.7', '10.0.0.7'],
  ['::ffff:10.0.0.7', '10.0.0.7', '10.0.0.7'],
  ['::1', '::1', '0:0:0:0'],
  ['::', '::', '0:0:0:0'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8:1:2::', '2001:DB8:1:2::', '2001:db8:1:2'],
  ['2001:db8::5', '2001:db8::5', '2001:db8:0:0'],
  ['2001:db8:0:0:ffff::', '2001:db8:0:0:ffff::', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80::1', 'fe80:0:0:0'],
  [undefined, 'an unknown address', 'an unknown address'],
])('%s is %s, and counts as %s', (address, plain, network) => {
  expect(plainAddress(address)).toBe(plain);
  expect(networkOf(plain)).toBe(network);
});
