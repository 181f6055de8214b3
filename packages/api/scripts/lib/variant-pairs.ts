/** The label of a variant, taken apart. */
export interface VariantLabel {
  /** `object`, `array of` something, or the name of a type. */
  readonly shape: string;
  /** Properties of an object; values of anything else. */
  readonly parts: ReadonlyMap<string, VariantPart>;
}

export interface VariantPart {
  readonly isRequired: boolean;
  /** The only value that there is, as JSON. */
  readonly fixed: string | undefined;
}

/**
 * The variants that are gone with those that came in their place: each is the one most like the other, and nothing else is
 * as like. Two that tell themselves apart by a fixed value are never the same one.
 */
export function pairVariants(gone: readonly string[], come: readonly string[]): ReadonlyMap<string, string> {
  if (gone.length === 0 || come.length === 0) return new Map();
  const [before, after] = [gone.map(parseVariant), come.map(parseVariant)];
  const scores = before.map((a) => after.map((b) => likeness(a, b)));
  const pairs = new Map<string, string>();
  for (const [row, old] of gone.entries()) {
    const column = indexOfBest(scores[row] ?? []);
    const now = column === undefined ? undefined : come[column];
    if (column === undefined || now === undefined) continue;
    if (indexOfBest(scores.map((others) => others[column] ?? 0)) === row) pairs.set(old, now);
  }
  return pairs;
}

export function parseVariant(label: string): VariantLabel {
  if (label.startsWith('{')) return { shape: 'object', parts: partsOf(label.slice(1, -1)) };
  if (label.startsWith('[{') && label.endsWith('}]')) {
    return { shape: 'array of objects', parts: partsOf(label.slice(2, -2)) };
  }
  const space = label.indexOf(' ');
  if (label.startsWith('[') || space < 0) return { shape: label, parts: new Map() };
  const values = pieces(label.slice(space + 1), ' ');
  const parts = values.map((value) => [value, { isRequired: false, fixed: undefined }] as const);
  return { shape: label.slice(0, space), parts: new Map(parts) };
}

const enoughInCommon = 0.5;

function likeness(a: VariantLabel, b: VariantLabel): number {
  if (a.shape !== b.shape) return 0;
  const common = [...a.parts.keys()].filter((name) => b.parts.has(name));
  const fixed = common.flatMap((name) => {
    const [left, right] = [a.parts.get(name)?.fixed, b.parts.get(name)?.fixed];
    return left === undefined || right === undefined ? [] : [left === right];
  });
  if (fixed.includes(false)) return 0;
  const all = a.parts.size + b.parts.size - common.length;
  const share = all === 0 ? 1 : common.length / all;
  return fixed.length > 0 ? 1 + share : share;
}

function indexOfBest(scores: readonly number[]): number | undefined {
  const best = Math.max(...scores);
  if (best < enoughInCommon || scores.indexOf(best) !== scores.lastIndexOf(best)) return undefined;
  return scores.indexOf(best);
}

function partsOf(text: string): ReadonlyMap<string, VariantPart> {
  const parts = pieces(text, ', ').map((piece) => {
    const equals = piece.search(/=(?=["\d[{tfn-])/);
    const name = equals < 0 ? piece : piece.slice(0, equals);
    const fixed = equals < 0 ? undefined : piece.slice(equals + 1);
    return [name.replace(/\?$/, ''), { isRequired: !name.endsWith('?'), fixed }] as const;
  });
  return new Map(parts);
}

// Splits at what stands outside of quotation marks.
function pieces(text: string, separator: string): readonly string[] {
  const found: string[] = [];
  let piece = '';
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (isQuoted && character === '\\') {
      piece += text.slice(index, index + 2);
      index += 1;
    } else if (!isQuoted && text.startsWith(separator, index)) {
      found.push(piece);
      piece = '';
      index += separator.length - 1;
    } else {
      if (character === '"') isQuoted = !isQuoted;
      piece += character;
    }
  }
  return text === '' ? found : [...found, piece];
}
