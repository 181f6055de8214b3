import type { Logger } from 'pino';
import type { DesiredFile } from '../adapters/desired-file/desired-file.js';
import type { FileChange } from '../core/file-change.js';
import type { ReloadOutcome } from './outcome.js';

/** Tenants that a line names. */
const NAMES = 20;

/** One line for a reload that changed something or nothing; for one that did not come to pass, one for each reason. */
export function logReload(logger: Logger, outcome: ReloadOutcome, { path, tenants }: DesiredFile): void {
  const { cause } = outcome;
  const fields = { cause, file: path };
  switch (outcome.type) {
    case 'unchanged':
      logger.info(fields, 'the file was read again and says the same as before');
      break;
    case 'applied':
      logger.info(
        { ...fields, tenants: tenants.length, ...counts(outcome.change) },
        'the file was read again and is in force',
      );
      break;
    case 'withheld':
      for (const { guard, message, allow } of outcome.verdicts) {
        const withheld = `the file is not taken up, the one before stays in force: ${message}`;
        logger.error({ ...fields, guard, allow, ...counts(outcome.change) }, withheld);
      }
      break;
    case 'invalid':
      for (const { place, path: key, message, remedy } of outcome.problems)
        logger.error({ place, key, remedy }, message);
      logger.error(
        { ...fields, problems: outcome.problems.length },
        'the file is not taken up because of these problems; the one before stays in force',
      );
      break;
    case 'failed':
      logger.error({ ...fields, err: outcome.error }, 'the file could not be taken up; the one before stays in force');
      break;
    default:
      outcome satisfies never;
  }
}

function counts({ added, removed, changed, settings }: FileChange): object {
  return { added: named(added), removed: named(removed), changed: named(changed), settings };
}

function named(names: readonly string[]): { count: number; tenants: readonly string[] } {
  return { count: names.length, tenants: names.slice(0, NAMES) };
}
