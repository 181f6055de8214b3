/** A list that forgets its oldest items when it is full. */
export class Ring<T> {
  readonly capacity: number;
  #items: T[] = [];

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  push(item: T): void {
    this.#items.push(item);
    // Cut in blocks, so that a full ring does not move its items with each push.
    if (this.#items.length > this.capacity + 256) this.#items = this.#items.slice(-this.capacity);
  }

  /** Oldest first. */
  items(): readonly T[] {
    return this.#items.slice(-this.capacity);
  }

  clear(): void {
    this.#items = [];
  }
}
