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
      const suffix = SUFFIXES[current?.type ?? ''];
      if (!current || (name !== current.name && name.replace(suffix ?? /$^/, '') !== current.name)) {
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
