import { printable } from './paint.js';

/** Text from outside as text in Markdown on GitHub: no markup, no HTML, no mention, no reference, one line. */
export function escaped(text: string): string {
  return printable(text)
    .replaceAll(/[&<>"\\`*_{}[\]()#!|~$^]/g, (character) => `&#${character.codePointAt(0)};`)
    .replaceAll(/&#35;|@/g, (character) => `${character}&#8203;`);
}

/** A name or value from outside. */
export function code(text: string): string {
  return `<code>${escaped(text)}</code>`;
}

/** A block that is shown as it is, whatever stands in it. */
export function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** Shown when somebody opens it. `summary` is Markdown already, on one line. */
export function collapsed(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

/** Cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Items are Markdown already, on one line each. */
export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}
