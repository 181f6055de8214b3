import type { Summary } from './score.ts';

/** Markdown, as docs/quota.md has it. */
export function tableOf(summaries: readonly Summary[]): string {
  const days = summaries[0]?.columns.map(({ afterDays }) => afterDays) ?? [];
  const rows = [
    ['series', ...days.flatMap((day) => [`${day} days`, 'naive']), 'band held'],
    ...summaries.map(({ name, columns, coverage }) => [
      name,
      ...columns.flatMap(({ error, naive }) => [percent(error, 1), percent(naive, 1)]),
      percent(coverage, 0),
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[], pad: (cell: string, width: number, column: number) => string) =>
    `| ${cells.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join(' | ')} |`;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(rows[0] ?? [], align), line(rule, align), ...rows.slice(1).map((row) => line(row, align))].join('\n');
}

function align(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

function percent(value: number | undefined, digits: number): string {
  return value === undefined ? '' : `${value.toFixed(digits)} %`;
}
