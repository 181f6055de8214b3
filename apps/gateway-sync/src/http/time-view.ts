/** A time given in milliseconds since the epoch. */
export function timeView(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
