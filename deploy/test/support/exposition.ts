export interface Exposed {
  /** By the name of the family. */
  readonly types: ReadonlyMap<string, string>;
  readonly series: readonly { readonly name: string; readonly labels: Readonly<Record<string, string>> }[];
}

/** What a scrape in the text format shows, without the values. */
export function exposed(text: string): Exposed {
  const types = new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type]));
  const series = [...text.matchAll(/^([a-z]\w*)(?:\{(.*)\})? \S+$/gm)].map(([, name = '', labels = '']) => ({
    name,
    labels: Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, value]) => [label, value])),
  }));
  return { types, series };
}

/** `x_bucket` is of the family `x`. */
export function familyOf(name: string, types: Exposed['types']): string | undefined {
  return [name, name.replace(/_(bucket|sum|count)$/, '')].find((candidate) => types.has(candidate));
}
