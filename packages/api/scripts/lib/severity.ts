/** What a difference means for those who call the API. */
export type Severity = 'additive' | 'risky' | 'breaking';

/** How much of a release a difference asks for; `none` where nothing but wording changed. */
export type ReleaseLevel = 'none' | 'minor' | 'major';

/** From the mildest to the worst. */
export const severities = ['additive', 'risky', 'breaking'] as const satisfies readonly Severity[];

/** The worst of them; undefined for none. */
export function worst(found: Iterable<Severity>): Severity | undefined {
  const all = new Set(found);
  return severities.findLast((severity) => all.has(severity));
}

export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) >= severities.indexOf(threshold);
}

/**
 * The release that code made from the document needs. Something new is a feature; so is what is risky, because it may add
 * a member to a union that people switch over, and a patch must never do that.
 */
export function releaseLevel(severity: Severity | undefined): ReleaseLevel {
  if (severity === undefined) return 'none';
  return severity === 'breaking' ? 'major' : 'minor';
}

/** 0 for no difference that counts, else 10, 20 or 30. */
export function severityExitCode(severity: Severity | undefined, failOn: Severity): number {
  return severity === undefined || !isAtLeast(severity, failOn) ? 0 : (severities.indexOf(severity) + 1) * 10;
}
