/** The emulator's control API, as far as the demo needs it. */
export class Control {
  readonly #base: string;

  constructor(emulatorUrl: string) {
    this.#base = `${emulatorUrl}/_emulator`;
  }

  async post(path: string, body: unknown): Promise<unknown> {
    return this.#call(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  }

  /** Event types that a tenant is subscribed to, with the fields it leaves out. */
  async subscriptions(tenant: string): Promise<ReadonlyMap<string, readonly string[]>> {
    const state = (await this.#call(`tenants/${tenant}`, {})) as TenantState;
    return new Map(
      state.subscriptions
        .filter(({ subscription }) => subscription === 'SUBSCRIBED')
        .map(({ eventType, excludedFields }) => [eventType, excludedFields]),
    );
  }

  async #call(path: string, init: RequestInit): Promise<unknown> {
    const response = await fetch(`${this.#base}/${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`the emulator answered ${response.status} to ${path}: ${text}`);
    return JSON.parse(text) as unknown;
  }
}

interface TenantState {
  readonly subscriptions: readonly {
    readonly eventType: string;
    readonly subscription: string;
    readonly excludedFields: readonly string[];
  }[];
}
