import type { Finding, FindingStatus } from '../../core/finding.js';
import { printable, type Paint } from './paint.js';
import { didYouMean } from './words.js';

/** `✗ catalogue: file:line:column what is wrong; did you mean …?` */
export function findingLine(
  name: string,
  { status, message, places = [], nearest = [] }: Pick<Finding, 'status' | 'message'> & Partial<Finding>,
  paint: Paint,
): string {
  const place = places.length > 0 && status !== 'ok' ? `${paint.dim(places.join(', '))} ` : '';
  const hint = didYouMean(nearest.map(printable));
  return `${markOf(status, paint)} ${name}: ${place}${printable(message)}${hint ? `; ${hint}` : ''}`;
}

function markOf(status: FindingStatus, paint: Paint): string {
  switch (status) {
    case 'ok':
      return paint.good('✓');
    case 'warning':
      return paint.warning('!');
    case 'error':
      return paint.bad('✗');
    case 'skipped':
      return paint.dim('·');
    default:
      return status satisfies never;
  }
}
