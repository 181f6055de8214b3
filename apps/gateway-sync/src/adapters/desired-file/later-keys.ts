/** Keys of the format that this version does not act on yet; a file that uses them must not seem to work. */
const LATER_KEYS: ReadonlySet<string> = new Set(['defaults.quota.shed', 'tenants[].quota.shed']);

/** Whether a path such as `tenants[2].delivery` belongs to a later version. */
export function isLaterKey(path: string): boolean {
  return LATER_KEYS.has(path.replaceAll(/\[\d+\]/g, '[]'));
}
