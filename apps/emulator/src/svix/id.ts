import type { Random } from '../random.js';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** An id such as `ep_…`, 27 characters after the prefix; ids made later sort behind those made earlier. */
export function svixId(prefix: string, now: number, random: Random): string {
  return `${prefix}_${inBase62(now, 8)}${inBase62(random.serial(), 5)}${random.token(14)}`;
}

function inBase62(value: number, length: number): string {
  let rest = Math.max(0, Math.floor(value));
  let digits = '';
  for (let place = 0; place < length; place++) {
    digits = BASE62.charAt(rest % BASE62.length) + digits;
    rest = Math.floor(rest / BASE62.length);
  }
  return digits;
}
