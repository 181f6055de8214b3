import type { DesiredHeaders } from '../../core/delivery.js';
import { Secret } from '../../core/secret.js';
import type { WrittenHeaders } from './schema-headers.js';

export function resolveHeaders(written: WrittenHeaders): DesiredHeaders {
  return Object.fromEntries(
    Object.entries(written).map(([name, header]) => {
      const { value, secret = false } = typeof header === 'string' ? { value: header } : header;
      return [name, { value: new Secret(value), secret }];
    }),
  );
}
