/** Every expression in the JSON of a dashboard, and what its variables ask for. */
export function queriesOf(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value !== 'string') return queriesOf(value);
    if (key === 'expr') return [value];
    const asked = key === 'query' ? /^label_values\((.*), \w+\)$/.exec(value)?.[1] : undefined;
    return asked === undefined ? [] : [asked];
  });
}
