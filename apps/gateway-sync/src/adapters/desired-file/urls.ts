/** Credentials are sent to this address, so nobody on the way may read them. */
export function isSafeBaseUrl(value: string): boolean {
  if (!isSafeUrl(value)) return false;
  const { search, hash } = new URL(value);
  return search === '' && hash === '';
}

/** An address for tenants' data: encrypted unless it is on this machine, and without a password for all to see. */
export function isSafeUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, username, password } = new URL(value);
  const loopback = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
  const secure = protocol === 'https:' || (protocol === 'http:' && loopback);
  return secure && username === '' && password === '';
}
