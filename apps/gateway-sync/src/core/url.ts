/** As Svix answers it: host in lower case, a path always. */
export function normalUrl(url: string): string {
  return URL.canParse(url) ? new URL(url).href : url;
}

/** For messages: a user or password inside a URL is a secret. */
export function shownUrl(url: string): string {
  if (!URL.canParse(url)) return url;
  const parsed = new URL(url);
  if (parsed.username === '' && parsed.password === '') return parsed.href;
  parsed.username = '';
  parsed.password = '';
  return parsed.href.replace('//', '//[secret]@');
}
