import { styleText } from 'node:util';
import type { Env } from '../../env.js';

type Style = Parameters<typeof styleText>[0];

const STYLES = {
  add: 'green',
  change: 'yellow',
  remove: 'red',
  bold: 'bold',
  dim: 'dim',
  good: 'green',
  bad: 'red',
  warning: 'yellow',
} as const satisfies Record<string, Style>;

/** Colours by what they mean; each returns the text as it is when colours are off. */
export type Paint = Readonly<Record<keyof typeof STYLES, (text: string) => string>>;

export function createPaint(enabled: boolean): Paint {
  const paint = (style: Style) => (text: string) =>
    enabled ? styleText(style, text, { validateStream: false }) : text;
  return {
    add: paint(STYLES.add),
    change: paint(STYLES.change),
    remove: paint(STYLES.remove),
    bold: paint(STYLES.bold),
    dim: paint(STYLES.dim),
    good: paint(STYLES.good),
    bad: paint(STYLES.bad),
    warning: paint(STYLES.warning),
  };
}

/** `NO_COLOR` is a person's wish and wins; otherwise `FORCE_COLOR`, otherwise whether somebody is looking. */
export function wantsColor({ never, always }: Env['color'], isTTY: boolean): boolean {
  return !never && (always || isTTY);
}

/** Text from outside without control characters, which could rewrite what a terminal shows. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '�');
}
