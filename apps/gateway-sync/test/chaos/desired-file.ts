import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Shop } from './shops.js';
import { shopsText } from './shops.js';

/** What the file said, and since when. */
export interface Generation {
  readonly at: number;
  readonly shops: readonly Shop[];
}

/** A desired-state file that is changed while it is served, in the two ways in which that is done. */
export class ChangingFile {
  readonly generations: Generation[] = [];

  constructor(
    readonly path: string,
    private readonly baseUrl: string,
    private readonly sync: Record<string, unknown> = {},
  ) {}

  get shops(): readonly Shop[] {
    return this.generations.at(-1)?.shops ?? [];
  }

  /** As an editor does: another file takes its place. */
  async write(shops: readonly Shop[]): Promise<void> {
    await this.#put(shops, async (fresh) => writeFile(fresh, this.#text(shops)));
  }

  /** As Kubernetes does with a ConfigMap: the name leads to another folder from now on. */
  async swap(shops: readonly Shop[]): Promise<void> {
    await this.#put(shops, async (fresh) => {
      const folder = join(dirname(this.path), `..${this.generations.length}`);
      await mkdir(folder);
      await writeFile(join(folder, 'shops.yaml'), this.#text(shops));
      await symlink(join(folder, 'shops.yaml'), fresh);
    });
  }

  /** Breaks it: nobody may take that for a wish. */
  async spoil(): Promise<void> {
    await this.#put(undefined, async (fresh) => writeFile(fresh, this.#text(this.shops).slice(0, -20)));
  }

  async #put(shops: readonly Shop[] | undefined, make: (fresh: string) => Promise<void>): Promise<void> {
    const fresh = `${this.path}.new`;
    await rm(fresh, { force: true });
    await make(fresh);
    await rename(fresh, this.path);
    if (shops) this.generations.push({ at: Date.now(), shops });
  }

  #text(shops: readonly Shop[]): string {
    return shopsText(this.baseUrl, shops, this.sync);
  }
}
