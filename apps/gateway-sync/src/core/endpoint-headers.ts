import type { DesiredHeaders } from './delivery.js';
import { headerField, isRecorded, isSecretHeader, SHOWN_SECRET, type SecretField } from './endpoint-secrets.js';
import type { EndpointHeaders } from './endpoint.js';
import type { JsonObject } from './json.js';
import type { OwnedThing } from './ledger.js';
import { compareText } from './order.js';
import type { Knowledge } from './part.js';
import type { Secret } from './secret.js';

/** How the headers of an endpoint stand to those of the file. */
export interface HeaderComparison {
  /** Whether they have to be written; only all together can be. */
  readonly differ: boolean;
  /** Secret ones that the reading showed to be as desired. */
  readonly proven: readonly SecretField[];
  /** Names whose values nothing can tell. */
  readonly unknown: readonly string[];
}

/** Names are compared in lower case; one that stands there in two spellings is one too many. */
export function compareHeaders(
  uid: string,
  desired: DesiredHeaders,
  { values, sensitive }: EndpointHeaders,
  row: OwnedThing | undefined,
  knowledge: Knowledge,
): HeaderComparison {
  const there = [...Object.keys(values), ...sensitive].map((name) => name.toLowerCase()).toSorted(compareText);
  const wanted = Object.keys(desired).map((name) => name.toLowerCase());
  const readable = new Map(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));
  let differ = there.join('\n') !== wanted.toSorted(compareText).join('\n');
  const proven: SecretField[] = [];
  const unknown: string[] = [];
  for (const [name, { value, secret }] of Object.entries(desired)) {
    const field = { field: headerField(name), value };
    const seen = readable.get(name.toLowerCase());
    const same = seen ? seen.equals(value) : isRecorded(uid, field, row, knowledge);
    if (same === undefined) unknown.push(name);
    else if (!same) differ = true;
    else if (seen && isSecretHeader(name, secret)) proven.push(field);
  }
  return { differ, proven, unknown };
}

export function headerValues(headers: DesiredHeaders): Readonly<Record<string, Secret>> {
  return Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value]));
}

/** As a plan shows the headers of the file. */
export function shownHeaders(headers: DesiredHeaders): JsonObject {
  return Object.fromEntries(
    Object.entries(headers).map(([name, { value, secret }]) => [
      name.toLowerCase(),
      isSecretHeader(name, secret) ? SHOWN_SECRET : value.reveal(),
    ]),
  );
}

/** As a plan shows what is there: a value that the file does not say in clear itself may be a secret. */
export function shownObserved({ values, sensitive }: EndpointHeaders, desired: DesiredHeaders): JsonObject {
  const clear = new Map(
    Object.entries(desired).flatMap(([name, { value, secret }]) =>
      isSecretHeader(name, secret) ? [] : [[name.toLowerCase(), value]],
    ),
  );
  const shown = Object.entries(values).map(([name, value]): [string, string] => {
    const wanted = clear.get(name.toLowerCase());
    return [name.toLowerCase(), wanted?.equals(value) ? value.reveal() : SHOWN_SECRET];
  });
  return Object.fromEntries([
    ...sensitive.map((name): [string, string] => [name.toLowerCase(), SHOWN_SECRET]),
    ...shown,
  ]);
}
