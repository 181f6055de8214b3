/** Whether the service is on its way out: not ready from the first signal on, while runs in flight still finish. */
export class Lifecycle {
  #stopping = false;

  get stopping(): boolean {
    return this.#stopping;
  }

  stop(): void {
    this.#stopping = true;
  }
}
