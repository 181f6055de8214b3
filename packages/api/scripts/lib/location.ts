/** What we send is a request, what we receive a response; in webhooks and callbacks the roles are exchanged. */
export type Direction = 'request' | 'response';

export type Area = 'operation' | 'parameter' | 'body' | 'response' | 'header';

/** What a location is about. */
export interface Location {
  /** `METHOD path`. */
  readonly operation: string;
  /** What stands in brackets, such as `200 application/json`; empty for the operation itself. */
  readonly place: string;
  /** Reads `$.items[].name`; empty outside of schemas. */
  readonly path: string;
  readonly area: Area;
  readonly direction: Direction;
  /** Whether the place is the content of a body, an answer, a header or a parameter in one form. */
  readonly isMediaType: boolean;
}

/** Precedes the names of OpenAPI 3.1 webhooks where other operations have their path. */
export const webhookPrefix = 'webhook:';

// `body`, `200`, `query limit`, `200 header etag`: one more is a media type.
const tokensOf: Readonly<Record<Area, number>> = { operation: 0, body: 1, response: 1, parameter: 2, header: 3 };

const parameterPlaces = new Set(['path', 'query', 'header', 'cookie']);

export function parseLocation(location: string): Location {
  const { operation, place, path } = splitLocation(location);
  const tokens = place === '' ? [] : place.split(' ');
  const isCallback = tokens[0] === 'callback';
  const own = isCallback ? tokens.slice(callbackTokens) : tokens;
  const area = areaOf(own);
  const isSent = area === 'operation' || area === 'parameter' || area === 'body';
  const isExchanged = isCallback || operation.includes(` ${webhookPrefix}`);
  const direction = isSent === isExchanged ? 'response' : 'request';
  return { operation, place, path, area, direction, isMediaType: own.length > tokensOf[area] };
}

/** `METHOD path` of a location. */
export function operationOf(location: string): string {
  return splitLocation(location).operation;
}

/** The location that a location is a part of; `exists` tells the places that there are. */
export function parentLocation(location: string, exists: (location: string) => boolean): string | undefined {
  const { operation, place, path } = splitLocation(location);
  if (path === '$') return `${operation} [${place}]`;
  if (path !== '') return location.slice(0, location.length - lastSegment(path).length);
  if (place === '') return undefined;
  for (let end = place.lastIndexOf(' '); end > 0; end = place.lastIndexOf(' ', end - 1)) {
    const shorter = `${operation} [${place.slice(0, end)}]`;
    if (exists(shorter)) return shorter;
  }
  return operation;
}

/** Where the location ends in a line that goes on with ` :: kind=value`. */
export function locationEnd(line: string): number {
  const separator = line.indexOf(factSeparator);
  const quoted = line.indexOf('["');
  if (separator < 0 || quoted < 0 || separator < quoted) return separator < 0 ? line.length : separator;
  const path = line.indexOf('] $') + 2;
  return path + segmentsOf(line.slice(path)).join('').length;
}

export const factSeparator = ' :: ';

/** White space would be taken for the end of a part. */
export function withoutSpaces(name: string): string {
  return name.replaceAll(/\s/g, encodeURIComponent);
}

/** `callback`, its name, its method and its address. */
const callbackTokens = 4;

function splitLocation(location: string): Pick<Location, 'operation' | 'place' | 'path'> {
  const end = location.indexOf(' ', location.indexOf(' ') + 1);
  if (end < 0) return { operation: location, place: '', path: '' };
  const operation = location.slice(0, end);
  const rest = location.slice(end + 2);
  const schema = rest.indexOf('] $');
  if (schema < 0) return { operation, place: rest.slice(0, -1), path: '' };
  return { operation, place: rest.slice(0, schema), path: rest.slice(schema + 2) };
}

function areaOf([first = '', second = '']: readonly string[]): Area {
  if (first === '') return 'operation';
  if (first === 'body') return 'body';
  if (parameterPlaces.has(first)) return 'parameter';
  return second === 'header' ? 'header' : 'response';
}

function lastSegment(path: string): string {
  if (!path.endsWith('"]')) return path.slice(path.lastIndexOf(path.endsWith('[]') ? '[]' : '.'));
  return segmentsOf(path).at(-1) ?? '';
}

// Each segment begins where the one before it ends (`y`), so what follows the path is not looked at.
function segmentsOf(path: string): readonly string[] {
  return [...path.matchAll(/\$|\.<any>|\.[\w-]+|\[\]|\["(?:[^"\\]|\\.)*"\]/gy)].map(([text]) => text);
}
