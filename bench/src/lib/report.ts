import { mkdir, writeFile } from 'node:fs/promises';
import { environment } from './environment.ts';

export type Cell = string | number;

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Everything that was measured, for whoever wants more than the table says. */
  readonly raw?: unknown;
}

export interface BenchOptions {
  /** Times that everything is measured; the median counts. */
  readonly runs: number;
}

export type Bench = (options: BenchOptions) => Promise<readonly Table[]>;

/** As Markdown, to be pasted into docs/performance.md. */
export function printTable({ title, columns, rows }: Table): void {
  const lines = [columns, columns.map(() => '---'), ...rows.map((row) => row.map(text))];
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const padded = lines.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  process.stdout.write(`\n${title}\n\n${padded.join('\n')}\n`);
}

export async function saveResults(name: string, tables: readonly Table[]): Promise<void> {
  const folder = new URL('../../results/', import.meta.url);
  await mkdir(folder, { recursive: true });
  const results = { environment: environment(), at: new Date().toISOString(), tables };
  await writeFile(new URL(`${name}.json`, folder), `${JSON.stringify(results, null, 2)}\n`);
}

function text(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  if (Number.isInteger(cell)) return cell.toLocaleString('en-GB');
  return cell.toLocaleString('en-GB', { maximumFractionDigits: cell >= 100 ? 0 : cell >= 10 ? 1 : 2 });
}
