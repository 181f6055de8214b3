import { isRecord } from '../is-record.js';

/** What the key of a login link says, as far as it can be read. */
export interface LoginKey {
  readonly appId?: string;
  readonly region?: string;
}

/**
 * Reads the key behind `#key=` of a login link: base64 of JSON, in which an application, a region and tokens may be named.
 * Its form is the vendor's and has changed before, so it is a hint: whatever cannot be read is left out.
 */
export function readLoginKey(loginUrl: string): LoginKey {
  const encoded = /[#&]key=([^&]*)/.exec(loginUrl)?.[1];
  const key = encoded === undefined ? undefined : parse(encoded);
  if (!isRecord(key)) return {};
  const { appId, region } = key;
  return {
    ...(typeof appId === 'string' && /^[a-zA-Z0-9\-_.]{1,256}$/.test(appId) && { appId }),
    ...(typeof region === 'string' && { region }),
  };
}

function parse(encoded: string): unknown {
  try {
    return JSON.parse(Buffer.from(decodeURIComponent(encoded), 'base64').toString());
  } catch {
    return undefined;
  }
}
