import type { Sample } from './samples.js';

/** How much more of something there may be in the last third than in the first. */
export interface Tolerance {
  readonly share: number;
  /** In units of the thing; what is small may grow by this. */
  readonly more: number;
}

/** One line of the table at the end. */
export interface Trend {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly grew: boolean;
}

/** The middle of the first third of the samples beside that of the last third; names without a tolerance may grow. */
export function trends(samples: readonly Sample[], toleranceOf: (name: string) => Tolerance | undefined): Trend[] {
  const third = Math.floor(samples.length / 3);
  if (third < 1) throw new Error('three samples at least');
  const names = new Set(samples.flatMap((sample) => [...sample.keys()]));
  return [...names].map((name) => {
    const values = (part: readonly Sample[]) => part.flatMap((sample) => sample.get(name) ?? []);
    const first = median(values(samples.slice(0, third)));
    const last = median(values(samples.slice(-third)));
    const tolerance = toleranceOf(name);
    const most = tolerance && first * (1 + tolerance.share) + tolerance.more;
    return { name, first, last, grew: most !== undefined && last > most };
  });
}

export function trendTable(lines: readonly Trend[]): string {
  const rows = lines.map(({ name, first, last, grew }) => [name, shown(first), shown(last), grew ? 'GREW' : '']);
  const all = [['', 'first third', 'last third', ''], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map(([name = '', first = '', last = '', note = '']) =>
      [name.padEnd(widths[0] ?? 0), first.padStart(widths[1] ?? 0), last.padStart(widths[2] ?? 0), note].join('  '),
    )
    .join('\n');
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function shown(value: number): string {
  return value.toFixed(Number.isInteger(value) ? 0 : 1);
}
