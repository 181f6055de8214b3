import type { ConfigError } from '../../core/errors.js';
import { printable, type Paint } from './paint.js';

/** Every problem of a file or of the environment on a line of its own: place, path, what is wrong, what to do. */
export function problemsText(error: ConfigError, paint: Paint): string {
  const told = error.problems.map(({ place, path, message, remedy }) => {
    const subject = path === '' ? '' : `${paint.bold(printable(path))} `;
    const hint = remedy === undefined ? '' : paint.dim(` (${printable(remedy)})`);
    return `${paint.bad('✗')} ${printable(place)} ${subject}${printable(message)}${hint}\n`;
  });
  return `${told.join('')}${paint.bad(printable(error.message))}\n`;
}
