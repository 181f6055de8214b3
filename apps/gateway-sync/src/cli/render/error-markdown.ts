import { ConfigError } from '../../core/errors.js';
import { escaped, list } from './markdown.js';
import { createPaint } from './paint.js';
import { marker } from './plan-markdown.js';
import { problemsText } from './problems-text.js';

/** Why there is no plan, for those who read plans as Markdown. */
export function errorMarkdown(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const text = error instanceof ConfigError ? problemsText(error, createPaint(false)) : `✗ ${message}`;
  const lines = text.split('\n').filter((line) => line !== '');
  return `${marker(undefined)}\n\n## gateway-sync: no plan\n\n${list(lines.map(escaped))}\n`;
}
