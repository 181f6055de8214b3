import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { recordedSeries } from './recorded.ts';
import { markdown } from './report.ts';
import { scoresOf, summaryOf } from './score.ts';
import { tableOf } from './table.ts';

const USAGE = `Usage: pnpm backtest [--markdown] [--recorded <file>]... [--time-zone <zone>]

  --markdown          only the tables, as docs/quota.md has them
  --recorded <file>   readings in JSON; see backtest/README.md. Instead of the made-up series
  --time-zone <zone>  in which the months of recorded readings begin; default UTC
`;

async function run(): Promise<string> {
  const { values } = parseArgs({
    options: {
      markdown: { type: 'boolean', default: false },
      recorded: { type: 'string', multiple: true, default: [] },
      'time-zone': { type: 'string', default: 'UTC' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return USAGE;
  if (values.recorded.length > 0) return recordedTable(values.recorded, values['time-zone']);
  return values.markdown
    ? markdown()
    : `Mean error of the forecast of a whole month, of made-up months\n\n${markdown()}`;
}

async function recordedTable(files: readonly string[], timeZone: string): Promise<string> {
  const texts = await Promise.all(files.map(async (file) => ({ file, text: await readFile(file, 'utf8') })));
  const summaries = texts.flatMap(({ file, text }) =>
    recordedSeries(text, file).map((series) => summaryOf(`${file} ${series.month}`, scoresOf(series, timeZone))),
  );
  return `${tableOf(summaries)}\n`;
}

try {
  process.stdout.write(await run());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
