import { recordedSeries } from './recorded.ts';
import { scoresOf, summaryOf } from './score.ts';
import type { Series } from './series.ts';
import { tableOf } from './table.ts';

export interface RecordedFile {
  readonly file: string;
  readonly text: string;
}

/** The table of the months that have a forecast to compare, and a line on each that has none. */
export function recordedReport(files: readonly RecordedFile[], timeZone: string): string {
  const months = files.flatMap(({ file, text }) =>
    recordedSeries(text, file).map((series) => ({
      name: `${file} ${series.month}`,
      series,
      scores: scoresOf(series, timeZone),
    })),
  );
  const compared = months.filter(({ scores }) => scores.length > 0);
  const table = tableOf(compared.map(({ name, scores }) => summaryOf(name, scores)));
  return [
    ...(compared.length > 0 ? [`${table}\n`] : []),
    ...months.filter(({ scores }) => scores.length === 0).map(({ name, series }) => `${name}: ${whyNone(series)}\n`),
  ].join(compared.length > 0 && compared.length < months.length ? '\n' : '');
}

function whyNone({ month, readings }: Series): string {
  const own = readings.filter((reading) => reading.month === month);
  const [first, last] = [own[0], own.at(-1)];
  if (last?.used === 0) return 'nothing to compare with, for it came to no events';
  const [from, to] = [first, last].map((reading) => new Date(reading?.at ?? 0).toISOString());
  return `no forecast to compare after 3, 7 or 14 days; its readings are from ${from} to ${to}`;
}
