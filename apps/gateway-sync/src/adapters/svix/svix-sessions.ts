import type { SvixApi } from '@gateway-sync/api';
import type { Clock } from '../../core/ports.js';
import type { OpenAccess, SvixAccess } from './svix-access.js';

/** One token and what is known with it. */
export interface SvixSession {
  readonly api: SvixApi;
  readonly access: SvixAccess;
  /** Whether the application was found to be the tenant's. */
  verified: boolean;
}

/** A token is kept no longer than this, though it lives for days: whoever has it may change every endpoint. */
const KEPT_MS = 10 * 60_000;

/** The session of one tenant. Whoever asks while a token is on its way waits for the same one. */
export class SvixSessions {
  #held: { readonly session: SvixSession; readonly until: number } | undefined;
  #opening: Promise<SvixSession | undefined> | undefined;

  constructor(
    private readonly open: OpenAccess,
    private readonly connect: (access: SvixAccess) => SvixApi,
    private readonly clock: Clock,
  ) {}

  /** `undefined`: there is no application yet. */
  async get(): Promise<SvixSession | undefined> {
    if (this.#held && this.clock.now() < this.#held.until) return this.#held.session;
    this.#held = undefined;
    this.#opening ??= this.#make().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  /** Forgets a session whose token was refused. A newer one stays. */
  drop(session: SvixSession): void {
    if (this.#held?.session === session) this.#held = undefined;
  }

  async #make(): Promise<SvixSession | undefined> {
    const access = await this.open();
    if (!access) return undefined;
    const session = { api: this.connect(access), access, verified: false };
    this.#held = { session, until: this.clock.now() + KEPT_MS };
    return session;
  }
}
