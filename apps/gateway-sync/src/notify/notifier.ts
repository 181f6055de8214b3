import type { Logger } from 'pino';
import type { NotifySettings } from '../adapters/desired-file/desired-file.js';
import { sendWebhook } from '../adapters/webhook-sender.js';
import { isStale, lapsed, settle, type NotificationResult, type Settled } from '../core/notification-attempt.js';
import { notificationsOf } from '../core/notification.js';
import type { HeldMessage, Outbox } from '../core/outbox.js';
import type { Clock } from '../core/ports.js';
import type { QuotaLook } from '../core/quota-look.js';
import type { TenantName } from '../core/state.js';
import { OutageLog } from '../reconcile/outage-log.js';
import { Alarm } from './alarm.js';
import { logNotification } from './log-notification.js';

export interface NotifierOptions {
  readonly outbox: Outbox;
  readonly metrics: { notified(result: NotificationResult, at: number): void };
  readonly logger: Logger;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly userAgent: string;
}

/** Messages of one round: they are sent at the same time. */
const AT_A_TIME = 10;
/** Beside the time that a receiver has, for what comes before and after. */
const SETTLING_MS = 30_000;
/** How often to look for what a replica left behind that ended. */
const LOOK_MS = 30_000;
/** Another replica has what is due, and is about to say until when. */
const SOON_MS = 250;

/** Tells the receiver of the file what is to be told of quotas: adds it to the outbox, and sends what is due there. */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #adding: OutageLog;
  readonly #sending: OutageLog;
  readonly #alarm = new Alarm();
  readonly #aborting = new AbortController();
  #settings: NotifySettings | undefined;
  #isLeading = false;
  #isStopped = false;
  #running: Promise<void> | undefined;

  constructor(options: NotifierOptions) {
    this.#options = options;
    this.#adding = new OutageLog(
      options.logger,
      'notifications cannot be kept; it is tried again with the next reading',
    );
    this.#sending = new OutageLog(options.logger, 'notifications cannot be sent; it is tried again');
  }

  /** From now on with these settings; without any nobody is told. {@link arrange} has to follow. */
  take(settings: NotifySettings | undefined): void {
    this.#settings = settings;
  }

  /** `leading`: whether this process has the newest file. Only such a one sends. */
  arrange(leading: boolean): void {
    this.#isLeading = leading;
    if (!this.#isStopped) this.#running ??= this.#run();
    this.#alarm.ring();
  }

  /** A tenant's quota was looked at. Never rejects: what is not kept now is found again by the next look. */
  async looked(tenant: TenantName, look: Pick<QuotaLook, 'usage' | 'state'>): Promise<void> {
    if (!this.#settings) return;
    const { outbox, newId } = this.#options;
    const messages = notificationsOf(tenant, look).map((each) => ({ ...each, id: `msg_${newId()}` }));
    try {
      if ((await outbox.add(messages)) > 0) this.#alarm.ring();
      this.#adding.over();
    } catch (error) {
      this.#adding.failed(error);
    }
  }

  /** Lets what is being sent come to its end, and aborts it after `graceMs`: somebody sends it again then. */
  async stop(graceMs: number): Promise<void> {
    this.#isStopped = true;
    this.#alarm.ring();
    const impatience = setTimeout(() => this.#aborting.abort(), graceMs);
    await this.#running;
    clearTimeout(impatience);
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) await this.#alarm.wait(await this.#round());
  }

  /** Answers how long to wait for the next one. */
  async #round(): Promise<number> {
    const settings = this.#settings;
    if (!settings || !this.#isLeading) return LOOK_MS;
    const { outbox } = this.#options;
    try {
      const due = await outbox.take({ limit: AT_A_TIME, holdMs: settings.timeoutMs + SETTLING_MS });
      const sent = await Promise.allSettled(due.map((message) => this.#send(message, settings)));
      for (const one of sent) if (one.status === 'rejected') throw one.reason;
      const waitMs = due.length === AT_A_TIME ? 0 : await outbox.untilDue();
      this.#sending.over();
      return due.length > 0 && waitMs === 0 ? 0 : Math.min(Math.max(waitMs ?? LOOK_MS, SOON_MS), LOOK_MS);
    } catch (error) {
      if (!this.#aborting.signal.aborted) this.#sending.failed(error);
      return LOOK_MS;
    }
  }

  async #send(message: HeldMessage, settings: NotifySettings): Promise<void> {
    const { outbox, metrics, logger, clock } = this.#options;
    const result = await this.#attempt(message, settings);
    const again = result.type === 'failed' ? { againMs: result.againMs } : {};
    await outbox.settle(message, { outcome: result.reason, ...again });
    metrics.notified(result.type, clock.now());
    logNotification(logger, message, { result, host: new URL(settings.url).host });
  }

  async #attempt(message: HeldMessage, settings: NotifySettings): Promise<Settled> {
    const { clock, userAgent } = this.#options;
    if (isStale(message.at, clock.now())) return lapsed(message.attempts - 1);
    const { signal } = this.#aborting;
    return settle(await sendWebhook(settings, message, { clock, userAgent, signal }), message.attempts);
  }
}
