import { combinations, type Definition, type Labels } from './definitions.js';

/** Characters after which a block ends: a millisecond's work at most. */
const BLOCK_LENGTH = 64 * 1024;

/** One value of each tenant for each combination of the labels beside the tenant. */
export interface TenantFamily {
  /** `undefined` takes the series away. */
  set(tenant: string, value: number | undefined, others?: Labels): void;
  add(tenant: string, amount: number, others?: Labels): void;
  get(tenant: string, others?: Labels): number | undefined;
}

interface Slot {
  /** Place among the values of a tenant. */
  readonly index: number;
  /** The line up to the name of the tenant, and from there to the value. */
  readonly before: string;
  readonly after: string;
}

interface Row {
  /** As it stands between the quotes of a label. */
  readonly label: string;
  /** `NaN`, which no metric means, where there is no series. */
  readonly values: number[];
}

/**
 * The series that have a tenant. A registry of prom-client writes its whole text in one go, half a second for ten thousand
 * tenants; this one writes it block by block, so that others get their turn in between.
 */
export class TenantSeries {
  readonly #rows = new Map<string, Row>();
  readonly #families: { readonly head: string; readonly slots: readonly Slot[] }[] = [];
  #width = 0;

  /** All families have to be there before the first tenant. */
  family(prefix: string, { name, type, help, labels }: Definition): TenantFamily {
    const { tenant: _, ...others } = labels;
    const slots = new Map<string, Slot>();
    for (const combination of combinations(others)) {
      const after = Object.entries(combination).map(([label, value]) => `,${label}="${escaped(value)}"`);
      const slot = { index: this.#width++, before: `${prefix}${name}{tenant="`, after: `"${after.join('')}} ` };
      slots.set(keyOf(combination), slot);
    }
    const head = `# HELP ${prefix}${name} ${help}\n# TYPE ${prefix}${name} ${type}\n`;
    this.#families.push({ head, slots: [...slots.values()] });
    const indexOf = (combination: Labels = {}): number => {
      const slot = slots.get(keyOf(combination));
      if (!slot) throw new RangeError(`${name} has no series ${JSON.stringify(combination)}`);
      return slot.index;
    };
    const valueOf = (of: string, index: number): number => this.#rows.get(of)?.values[index] ?? NaN;
    return {
      set: (of, value = NaN, combination) => {
        this.#row(of).values[indexOf(combination)] = value;
      },
      add: (of, amount, combination) => {
        const index = indexOf(combination);
        const before = valueOf(of, index);
        this.#row(of).values[index] = (Number.isNaN(before) ? 0 : before) + amount;
      },
      get: (of, combination) => {
        const value = valueOf(of, indexOf(combination));
        return Number.isNaN(value) ? undefined : value;
      },
    };
  }

  remove(tenant: string): void {
    this.#rows.delete(tenant);
  }

  tenants(): Iterable<string> {
    return this.#rows.keys();
  }

  /** The text of all series, family by family, of the tenants that were there at the start. */
  *blocks(): Generator<string, void> {
    const rows = [...this.#rows.values()];
    for (const { head, slots } of this.#families) {
      let block = head;
      for (const { label, values } of rows) {
        for (const { index, before, after } of slots) {
          const value = values[index] ?? NaN;
          if (!Number.isNaN(value)) block += `${before}${label}${after}${valueText(value)}\n`;
        }
        if (block.length < BLOCK_LENGTH) continue;
        yield block;
        block = '';
      }
      if (block !== '') yield block;
    }
  }

  #row(tenant: string): Row {
    const known = this.#rows.get(tenant);
    if (known) return known;
    const row = { label: escaped(tenant), values: Array.from({ length: this.#width }, () => NaN) };
    this.#rows.set(tenant, row);
    return row;
  }
}

function keyOf(labels: Labels): string {
  return Object.values(labels).join(',');
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
}

function valueText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}
