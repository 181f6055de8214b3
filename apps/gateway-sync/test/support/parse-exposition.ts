export interface ExposedFamily {
  readonly name: string;
  readonly type: string;
  readonly samples: { readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
}

const HELP = /^# HELP ([a-zA-Z_:][\w:]*) ((?:[^\\]|\\\\|\\n)+)$/;
const TYPE = /^# TYPE ([a-zA-Z_:][\w:]*) (counter|gauge|histogram|summary)$/;
const LABEL = /^([a-zA-Z_]\w*)="((?:[^"\\]|\\["\\n])*)"(?:,(?=.)|$)/;
const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\})? (\S+)$/;
const SUFFIXES: Readonly<Record<string, RegExp>> = { histogram: /_(bucket|sum|count)$/, summary: /_(sum|count)$/ };

/**
 * Reads the text format of Prometheus, and takes nothing that a scraper might object to: each family once and in one piece
 * with HELP and TYPE, no series twice, no sample of another family between its own.
 */
export function parseExposition(text: string): ExposedFamily[] {
  return parse(text, { counterSuffix: '' });
}

/** The same of OpenMetrics 1.0: no empty line, the last one says that it is, and a counter has `_total` at its samples alone. */
export function parseOpenMetrics(text: string): ExposedFamily[] {
  if (!text.endsWith('\n# EOF\n')) throw new Error('it does not say where it ends');
  const body = text.slice(0, -'# EOF\n'.length);
  if (/^$/m.test(body.slice(0, -1))) throw new Error('an empty line');
  if (/ (?!NaN$)nan$/im.test(body)) throw new Error('not the way to write NaN');
  return parse(body, { counterSuffix: '_total' });
}

function parse(text: string, { counterSuffix }: { readonly counterSuffix: string }): ExposedFamily[] {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const families = new Map<string, ExposedFamily>();
  const seen = new Set<string>();
  let help: string | undefined;
  let current: ExposedFamily | undefined;
  for (const line of text.slice(0, -1).split('\n')) {
    if (line === '') continue;
    if (line.startsWith('# HELP')) {
      help = HELP.exec(line)?.[1];
    } else if (line.startsWith('#')) {
      const [, name = '', type = ''] = TYPE.exec(line) ?? [];
      if (name === '' || name !== help || families.has(name)) throw new Error(`not the one head of a family: ${line}`);
      current = { name, type, samples: [] };
      families.set(name, current);
    } else {
      const [, name = '', labels = '', value = ''] = SAMPLE.exec(line) ?? [];
      if (!current || !isOf(current, name, counterSuffix)) {
        throw new Error(`not of the family ${current?.name}: ${line}`);
      }
      const series = `${name}{${labels}}`;
      if (seen.has(series)) throw new Error(`twice: ${line}`);
      seen.add(series);
      current.samples.push({ labels: labelsOf(labels), value: numberOf(value) });
    }
  }
  return [...families.values()];
}

function isOf({ name, type }: ExposedFamily, sample: string, counterSuffix: string): boolean {
  if (type === 'counter') return sample === name + counterSuffix;
  const suffix = SUFFIXES[type];
  return sample === name || (suffix !== undefined && sample.replace(suffix, '') === name);
}

function labelsOf(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (let rest = text; rest !== '';) {
    const [whole, name, value = ''] = LABEL.exec(rest) ?? [];
    if (whole === undefined || name === undefined || name in labels) throw new Error(`not labels: ${text}`);
    labels[name] = value.replaceAll(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));
    rest = rest.slice(whole.length);
  }
  return labels;
}

function numberOf(text: string): number {
  if (/^[+-]Inf$/.test(text)) return text.startsWith('+') ? Infinity : -Infinity;
  // Go reads it in any case, and prom-client writes `Nan` for what it has not measured yet.
  if (/^nan$/i.test(text)) return NaN;
  const value = Number(text);
  if (text === '' || Number.isNaN(value)) throw new Error(`not a value: ${text}`);
  return value;
}
