import type { CatalogueReport } from '../catalog-report.js';
import { changeText, markOf, missingLines, readingLines, shownChanges, tallyOf } from './catalog-text.js';
import { code, escaped, list, table } from './markdown.js';
import { createPaint } from './paint.js';

/** A comment on GitHub holds 65,536 characters, and a row seldom more than 600. */
const MOST_ROWS = 90;

/** What changed as a comment on a pull request. */
export function catalogMarkdown(report: CatalogueReport, quiet: boolean): string {
  const changes = shownChanges(report.changes, quiet);
  const rows = changes
    .slice(0, MOST_ROWS)
    .map((change) => [
      change.level === 'breaking' ? '**breaking**' : change.level,
      code(change.type),
      `${markOf(change)} ${code(changeText(change))}`,
      escaped(change.reason),
    ]);
  const remarks = [
    ...(report.read ? readingLines(report.read, quiet, createPaint(false)) : []),
    ...(quiet ? [] : missingLines(report)),
  ];
  const parts = [
    '<!-- gateway-sync catalog -->',
    `## Event catalogue: ${tallyOf(report.changes) || 'nothing changed'}`,
    ...(rows.length > 0 ? [table(['level', 'event type', 'change', 'reason'], rows)] : []),
    ...(changes.length > MOST_ROWS ? [`And ${changes.length - MOST_ROWS} more.`] : []),
    ...(remarks.length > 0 ? [list(remarks.map(escaped))] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}
