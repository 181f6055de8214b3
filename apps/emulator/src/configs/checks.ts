import { compileFilter, FilterSyntaxError } from '../filter/filter.js';
import type { HeaderMap } from './write.js';

const HEADERS_AT_MOST = 10;
const NAME_AT_MOST = 255;

/** Each check gives the problems of one value, as `place: what`; none when it is fine. */
export function checkUrl(place: string, url: string): string[] {
  if (url.trim() === '') return [`${place}: must not be blank`];
  const scheme = URL.canParse(url) ? new URL(url).protocol : undefined;
  return scheme === 'http:' || scheme === 'https:' ? [] : [`${place}: must be an absolute http or https URL`];
}

export function checkSecret(place: string, secret: string): string[] {
  return secret.trim() === '' ? [`${place}: must not be blank`] : [];
}

export function checkHeaders(place: string, headers: HeaderMap): string[] {
  const names = Object.keys(headers);
  const problems = names.filter((name) => name.trim() === '').map(() => `${place}: header names must not be blank`);
  return names.length > HEADERS_AT_MOST ? [...problems, `${place}: at most ${HEADERS_AT_MOST} headers`] : problems;
}

/** Only the syntax counts: a filter may name fields that no event has. */
export function checkFilter(place: string, filter: string): string[] {
  try {
    compileFilter(filter);
    return [];
  } catch (error) {
    if (error instanceof FilterSyntaxError) return [`${place}: is not a valid JsonPath (${error.message})`];
    throw error;
  }
}

export function checkExcludedFields(place: string, fields: readonly string[]): string[] {
  return fields.some((field) => field.trim() === '') ? [`${place}: field names must not be blank`] : [];
}

export function checkName(place: string, name: string): string[] {
  return name.length > NAME_AT_MOST ? [`${place}: at most ${NAME_AT_MOST} characters`] : [];
}
