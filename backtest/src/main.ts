import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { recordedReport } from './recorded-report.ts';
import { markdown } from './report.ts';

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
  if (values.recorded.length > 0) return recorded(values.recorded, values['time-zone']);
  return values.markdown
    ? markdown()
    : `Mean error of the forecast of a whole month, of made-up months\n\n${markdown()}`;
}

async function recorded(files: readonly string[], timeZone: string): Promise<string> {
  return recordedReport(
    await Promise.all(files.map(async (file) => ({ file, text: await readFile(file, 'utf8') }))),
    timeZone,
  );
}

try {
  process.stdout.write(await run());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
