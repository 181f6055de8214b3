import type { DesiredFile } from '../adapters/desired-file/desired-file.js';
import type { ReloadOutcome } from '../reload/outcome.js';
import type { Reload } from './api-sources.js';

/** What the API tells of a reload; `file` is the one in force after it. */
export function reloadOf(outcome: ReloadOutcome, file: Pick<DesiredFile, 'hash'>): Reload {
  switch (outcome.type) {
    case 'unchanged':
      return { type: 'loaded', changed: false, hash: file.hash, added: [], removed: [], updated: [] };
    case 'applied': {
      const { added, removed, changed: updated } = outcome.change;
      return { type: 'loaded', changed: true, hash: file.hash, added, removed, updated };
    }
    case 'withheld':
      return {
        type: 'withheld',
        message: outcome.verdicts.map(({ message }) => message).join('; '),
        allow: outcome.verdicts.map(({ allow }) => allow).join('; '),
      };
    case 'invalid':
      return { type: 'invalid', problems: outcome.problems };
    case 'failed':
      throw outcome.error;
    default:
      return outcome satisfies never;
  }
}
