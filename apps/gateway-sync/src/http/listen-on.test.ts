import { expect, test } from 'vitest';
import { listeningOn } from './listen-on.js';

test.each([
  ['::', 'http://[::1]:8080', 'http://[::]:8080 (all addresses)'],
  ['0.0.0.0', 'http://127.0.0.1:8080', 'http://0.0.0.0:8080 (all addresses)'],
  ['10.0.0.7', 'http://10.0.0.7:8080', 'http://10.0.0.7:8080'],
  ['fe80::1', 'http://[fe80::1]:8080', 'http://[fe80::1]:8080'],
])('what listens on %s is reached at %s and told as %s', (address, url, told) => {
  expect(listeningOn({ address, port: 8080 })).toEqual({ url, told });
});
