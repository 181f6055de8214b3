/** `1 tenant`, `3 tenants`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

/** The first few names, and how many more there are. */
export function someOf(names: readonly string[], shown = 8): string {
  const first = names.slice(0, shown).join(', ');
  return names.length > shown ? `${first} and ${names.length - shown} more` : first;
}

/** `did you mean a or b?`, or nothing. */
export function didYouMean(nearest: readonly string[]): string {
  return nearest.length > 0 ? `did you mean ${nearest.join(' or ')}?` : '';
}

/** A time given in milliseconds since the epoch, to the second, in UTC. */
export function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
