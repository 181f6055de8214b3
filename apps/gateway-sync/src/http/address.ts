import { isIPv6 } from 'node:net';

/** An address as people write it: one of IPv4 that came in through IPv6 is one of IPv4. */
export function plainAddress(address: string | undefined): string {
  if (address === undefined) return 'an unknown address';
  const [plain = ''] = address.split('%', 1);
  return /^::ffff:([\d.]+)$/i.exec(plain)?.[1] ?? plain;
}

/** A network of IPv6 counts as one address: whoever has one address there has all of them. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.toLowerCase().split('::', 2);
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? [] : Array<string>(Math.max(0, 4 - groups.length)).fill('0');
  return [...groups, ...missing]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
