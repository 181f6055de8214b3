import { synthetic } from './synthetic.ts';
import { tableOf } from './table.ts';

/** The tables of docs/quota.md. */
export function markdown(): string {
  return [
    'With the readings of the month before:',
    tableOf(synthetic('a month of readings')),
    'In the first month, with no readings before:',
    `${tableOf(synthetic('no readings'))}\n`,
  ].join('\n\n');
}
