/** A wait that can be cut short, also before it begins. */
export class Alarm {
  #isRinging = false;
  #wake: (() => void) | undefined;

  async wait(ms: number): Promise<void> {
    if (!this.#isRinging) {
      const woken = Promise.withResolvers<void>();
      this.#wake = woken.resolve;
      const timer = setTimeout(woken.resolve, ms);
      await woken.promise;
      clearTimeout(timer);
    }
    this.#isRinging = false;
    this.#wake = undefined;
  }

  ring(): void {
    this.#isRinging = true;
    this.#wake?.();
  }
}
