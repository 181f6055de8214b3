import { ConfigError } from '../../core/errors.js';
import { escaped, list } from './markdown.js';
import { createPaint } from './paint.js';
import { marker } from './plan-markdown.js';
import { problemsText } from './problems-text.js';

/** Why a command has no answer, for those who read it as Markdown. */
export function errorMarkdown(error: unknown, command: string): string {
  const message = error instanceof Error ? error.message : String(error);
  const text = error instanceof ConfigError ? problemsText(error, createPaint(false)) : `✗ ${message}`;
  const lines = text.split('\n').filter((line) => line !== '');
  const head =
    command === 'plan' ? `${marker(undefined)}\n\n## gateway-sync: no plan` : `## gateway-sync ${command}: failed`;
  return `${head}\n\n${list(lines.map(escaped))}\n`;
}
