import { readFile } from 'node:fs/promises';
import { describe, expect, it, test } from 'vitest';
import { recordedReport } from './recorded-report.ts';
import { recordedSeries } from './recorded.ts';
import { markdown } from './report.ts';
import { scoresOf, summaryOf } from './score.ts';
import { makeSeries } from './series.ts';
import { synthetic } from './synthetic.ts';
import { tableOf } from './table.ts';

describe('with the readings of the month before, the forecast', () => {
  const summaries = synthetic('a month of readings');
  const of = (name: string) => summaries.find((summary) => summary.name === name) ?? summaryOf(name, []);
  const ratios = (name: string) => of(name).columns.map(({ error = 100, naive = 0 }) => error / naive);

  it.each(['weekly', 'campaign spike', 'new event subscribed', 'outage'])('beats used / elapsed: %s', (name) => {
    const [after3 = 9, after7 = 9, after14 = 9] = ratios(name);
    expect(after3).toBeLessThan(1);
    expect(after7).toBeLessThan(0.85);
    expect(after14).toBeLessThan(0.9);
  });

  it('is as good as used / elapsed where nothing ever changes: 0.2 % of the month apart at most', () => {
    const worse = of('steady').columns.map(({ error = 100, naive = 0 }) => error - naive);
    expect(Math.max(...worse)).toBeLessThan(0.2);
  });

  it('has forgotten a campaign and an outage after a week, and knows of a new event', () => {
    const errors = ['campaign spike', 'outage', 'new event subscribed'].map(
      (name) => of(name).columns[1]?.error ?? 100,
    );
    expect(Math.max(...errors)).toBeLessThan(8);
  });

  it('keeps within its band four times out of five, and the band is not simply wide', () => {
    expect(of('all').coverage).toBeGreaterThan(75);
    expect(of('all').coverage).toBeLessThan(90);
  });
});

describe('in the first month, the forecast', () => {
  const all = synthetic('no readings').find(({ name }) => name === 'all') ?? summaryOf('all', []);

  it('is not worse than used / elapsed, and better from the first week on', () => {
    const [after3 = 9, after7 = 9, after14 = 9] = all.columns.map(({ error = 100, naive = 0 }) => error / naive);
    expect(after3).toBeLessThan(1.05);
    expect(after7).toBeLessThan(0.7);
    expect(after14).toBeLessThan(0.8);
  });

  it('keeps within its band more than two times out of three', () => {
    expect(all.coverage).toBeGreaterThan(67);
  });
});

test('docs/quota.md has the tables that `pnpm backtest --markdown` prints', async () => {
  expect(await readFile(new URL('../../docs/quota.md', import.meta.url), 'utf8')).toContain(markdown());
});

const day = (number: number, used: number) => ({ at: `2026-11-${number}T00:00:00Z`, month: '2026-11', used });

describe('recorded readings', () => {
  const { readings, month } = makeSeries('weekly', 3);
  const written = readings.map(({ at, ...reading }) => ({ ...reading, at: new Date(at).toISOString(), percent: 3 }));

  it('are scored as the same readings would be, month by month', () => {
    const text = JSON.stringify({ month, newest: written.at(-1), readings: written });
    const series = recordedSeries(text, 'quota.json');
    expect(series.map((one) => one.month)).toEqual(['2026-03', '2026-04']);
    expect(series[1]).toEqual({ month, readings });
    expect(recordedSeries(JSON.stringify(written), 'quota.json')).toEqual(series);
  });

  it('of a month that is not over are compared with the newest one', () => {
    const early = written.filter(({ at }) => at < `${month}-12`);
    const [, scored = { month, readings: [] }] = recordedSeries(JSON.stringify(early), 'quota.json');
    const scores = scoresOf(scored);
    expect(scores.map(({ afterDays }) => afterDays)).toEqual([3, 7]);
    expect(tableOf([summaryOf('mine', scores)])).toMatch(/^\| mine +(\| +\d+\.\d % ){4}(\| +){2}\| +\d+ % \|$/m);
  });

  it('are told of, where they give nothing to compare, below the table or instead of it', () => {
    const late = JSON.stringify([day(25, 900), day(27, 950)]);
    const nothing = JSON.stringify([day(10, 0), day(27, 0)]);
    const told = `late.json 2026-11: no forecast to compare after 3, 7 or 14 days; its readings are from 2026-11-25T00:00:00.000Z to 2026-11-27T00:00:00.000Z\n`;
    expect(recordedReport([{ file: 'late.json', text: late }], 'UTC')).toBe(told);
    expect(recordedReport([{ file: 'n.json', text: nothing }], 'UTC')).toBe(
      'n.json 2026-11: nothing to compare with, for it came to no events\n',
    );
    const both = recordedReport(
      [
        { file: 'late.json', text: late },
        { file: 'q.json', text: JSON.stringify(written) },
      ],
      'UTC',
    );
    expect(both).toMatch(/^\| series .*\n\| -.*\n\| q\.json 2026-03 .*\n\| q\.json 2026-04 .*\n\nlate\.json/);
    expect(both.endsWith(told)).toBe(true);
  });

  it.each([
    ['no JSON', 'x', 'f.json is no JSON'],
    ['something else', '{"tenant":"acme"}', /^f\.json holds no readings: .*array.*\n.*at readings$/],
    ['a text', '"acme"', /^f\.json holds no readings: .*expected object/],
    [
      'a month that is none',
      '[{"at":"2026-11-01T00:00:00Z","month":"2026-13","used":1}]',
      /expected YYYY-MM\n.*at readings\[0\]\.month$/,
    ],
    [
      'a reading without a count, in an answer of the API',
      '{"readings":[{"at":"2026-11-01T00:00:00Z","month":"2026-11"}]}',
      /number.*\n.*at readings\[0\]\.used$/,
    ],
  ])('that are %s are refused, and it is said where', (_, text, message) => {
    expect(() => recordedSeries(text, 'f.json')).toThrow(message);
  });
});
