import type { AdoptionResult } from '../../core/adopt-tenant.js';
import type { Adopted } from '../../core/adopt.js';
import type { ItemResult } from '../../core/result.js';
import { printable, type Paint } from './paint.js';
import { problemLine, titleOf } from './plan-text.js';
import { count, someOf } from './words.js';

/** What of one tenant became ours, or would, as lines of text. */
export function adoptText(
  { tenant, dryRun, items, left, problems, results, error }: AdoptionResult,
  paint: Paint,
): string {
  const unnamed = items.filter(({ way }) => way === 'unnamed');
  const owners = [...new Set(left.map(({ instance }) => instance))];
  return [
    paint.bold(tenant),
    ...items
      .filter(({ way }) => way !== 'unnamed')
      .map((item) => itemLine(item, resultOf(item, results), dryRun, paint)),
    ...(unnamed.length > 0 ? unnamedLines(unnamed, dryRun, paint) : []),
    ...problems.map((problem) => problemLine(problem, paint)),
    ...owners.map((owner) => {
      const names = left.filter(({ instance }) => instance === owner).map(({ resource, key }) => `${resource} ${key}`);
      return `  ${paint.dim(`· still of installation ${printable(owner)}, not in the file: ${printable(someOf(names))}`)}`;
    }),
    ...(error ? [`  ${paint.bad('✗')} ${printable(error.message)}`] : []),
    ...(items.length === 0 ? [`  ${paint.dim('nothing to adopt')}`] : []),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function resultOf({ action }: Adopted, results: readonly ItemResult[]): ItemResult | undefined {
  return results.find((result) => result.action.id === action?.id);
}

function itemLine(item: Adopted, result: ItemResult | undefined, dryRun: boolean, paint: Paint): string {
  const failed = result !== undefined && result.status !== 'applied';
  const mark = failed ? paint.bad('✗') : dryRun ? paint.add('+') : paint.good('✓');
  const why = failed ? `: ${result.status}${result.message === undefined ? '' : ` ${printable(result.message)}`}` : '';
  return `  ${mark} ${titleOf(item)} ${paint.dim(wayOf(item))}${why}`;
}

function wayOf({ way, from }: Adopted): string {
  const owner = from === undefined ? '' : ` from ${printable(from)}`;
  switch (way) {
    case 'taken-over':
      return `(taken over${owner})`;
    case 'recorded':
      return '(is as the file says)';
    case 'marked':
      return `(gets our marks${owner && `, taken over${owner}`})`;
    case 'unnamed':
      return '(not in the file)';
    default:
      return way satisfies never;
  }
}

function unnamedLines(items: readonly Adopted[], dryRun: boolean, paint: Paint): string[] {
  const become = dryRun ? 'would become' : 'became';
  return [
    `  ${paint.warning('!')} ${count(items.length, 'subscription')} that the file does not name ${become} ours; with prune: owned or all, apply removes:`,
    ...items.map(
      (item) =>
        `      ${printable(item.name)}${item.from === undefined ? '' : paint.dim(` (from ${printable(item.from)})`)}`,
    ),
  ];
}
