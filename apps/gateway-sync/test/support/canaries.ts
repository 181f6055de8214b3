import { randomBytes } from 'node:crypto';

/** Secrets that can be told from everything else, wherever and however they are written. */
export class Canaries {
  readonly #cores = new Map<string, string>();

  /** A secret for a place: signs that URLs, JSON and shells write in their own ways around a core that all leave alone. */
  plant(place: string): string {
    return `${this.plain(place)}"'&<%+ /`;
  }

  /** One for a place that takes letters and digits alone. */
  plain(place: string): string {
    const core = `Cnry${randomBytes(12).toString('hex')}`;
    this.learn(place, core);
    return core;
  }

  /** The secret of an endpoint: base64 of so many bytes, after `whsec_`. */
  signing(place: string): string {
    const key = randomBytes(24).toString('base64');
    this.learn(place, key);
    return `whsec_${key}`;
  }

  /** A secret that somebody else made. */
  learn(place: string, value: string): void {
    this.#cores.set(value, place);
  }

  /** How many are known that were planted or learnt at places that begin so. */
  count(place: string): number {
    return [...this.#cores.values()].filter((known) => known.startsWith(place)).length;
  }

  /** Places whose secret stands in a text, with the form in which it does. */
  leaksIn(text: string): string[] {
    return [...this.#cores].flatMap(([core, place]) =>
      forms(core).flatMap(([form, written]) => (text.includes(written) ? [`${place} as ${form}`] : [])),
    );
  }
}

function forms(core: string): (readonly [form: string, written: string])[] {
  const bytes = Buffer.from(core);
  return [
    ['text', core],
    ['JSON', JSON.stringify(core).slice(1, -1)],
    ['URL', encodeURIComponent(core)],
    ['hex', bytes.toString('hex')],
    ...[0, 1, 2].flatMap((shift): [string, string][] => {
      const inside = base64Inside(bytes, shift);
      return [
        [`base64, shifted by ${shift}`, inside],
        [`base64url, shifted by ${shift}`, inside.replaceAll('+', '-').replaceAll('/', '_')],
      ];
    }),
  ];
}

/** What base64 makes of bytes in the middle of others, without what depends on those. */
function base64Inside(bytes: Buffer, shift: number): string {
  const whole = Buffer.concat([Buffer.alloc(shift), bytes]);
  return whole.toString('base64').slice(Math.ceil((shift * 4) / 3), Math.floor((whole.length * 4) / 3));
}
