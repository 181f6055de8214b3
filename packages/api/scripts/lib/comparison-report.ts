import type { ComparedDifference, Comparison, Direction } from './comparison.ts';

/** Colours a text, or returns it as it is where colours are not wanted. */
export type Paint = (colour: 'bold' | 'dim' | 'green' | 'red' | 'yellow', text: string) => string;

const looks: Readonly<Record<Direction, { readonly sign: string; readonly colour: 'green' | 'red' | 'yellow' }>> = {
  'ours-only': { sign: '-', colour: 'red' },
  'theirs-only': { sign: '+', colour: 'green' },
  changed: { sign: '~', colour: 'yellow' },
};

/** The comparison for a terminal, grouped by operation; explained differences only as a count unless `verbose`. */
export function formatComparison(comparison: Comparison, options: { verbose: boolean; paint: Paint }): string {
  const { differences, idle } = comparison;
  const { paint, verbose } = options;
  const unexplained = differences.filter(({ deviation }) => deviation === undefined);
  const shown = verbose ? differences : unexplained;
  const lines: string[] = [];
  for (const operation of new Set(shown.map((member) => member.operation))) {
    const members = shown.filter((member) => member.operation === operation);
    lines.push(paint('bold', operation), ...members.map((member) => formatLine(member, paint)), '');
  }
  for (const { deviation, pattern } of idle) {
    lines.push(paint('red', `${deviation.place} ${deviation.id} matches nothing any more: ${pattern}`));
  }
  return [...lines, summary(differences, unexplained.length, idle.length)].join('\n');
}

function formatLine({ direction, operation, text, deviation }: ComparedDifference, paint: Paint): string {
  const { sign, colour } = looks[direction];
  const rest = text.slice(operation.length).trim();
  const line = paint(colour, `  ${sign} ${direction.padEnd('theirs-only'.length)} ${rest === '' ? 'operation' : rest}`);
  return deviation === undefined ? line : `${line} ${paint('dim', `(${deviation})`)}`;
}

function summary(differences: readonly ComparedDifference[], unexplained: number, idle: number): string {
  const deviations = new Set(differences.flatMap(({ deviation }) => deviation ?? [])).size;
  const parts = [
    count(differences.length, 'difference'),
    `${differences.length - unexplained} explained by ${count(deviations, 'deviation')}`,
    `${unexplained} unexplained`,
  ];
  if (idle > 0) parts.push(count(idle, 'idle pattern'));
  return parts.join(', ');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
