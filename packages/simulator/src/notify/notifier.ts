import type { NotificationType } from '@winesap/contract';
import type { Faults } from '../faults/faults.ts';
import type { Location, NotificationConfig } from '../world/location.ts';
import type { World } from '../world/world.ts';
import { post } from './delivery.ts';

export interface SentNotification {
  readonly notificationId: string;
  readonly notificationType: string;
  readonly uId: string;
  readonly url: string;
  readonly notification: object;
  readonly attempts: { at: string; answer: number | string }[];
  state: 'waiting' | 'delivered' | 'given-up' | 'dropped';
}

const KEPT = 1000;
const REORDERED_WAITS_MS = 60_000;

/**
 * Tells subscribers what happened at their location: in order, one after the other per location, three attempts each.
 * Faults drop, double, delay and reorder.
 */
export class Notifier {
  readonly #world: World;
  readonly #faults: Faults;
  readonly #sent: SentNotification[] = [];
  readonly #chains = new Map<string, Promise<void>>();
  readonly #held = new Map<string, () => void>();

  constructor(world: World, faults: Faults) {
    this.#world = world;
    this.#faults = faults;
  }

  get sent(): readonly SentNotification[] {
    return this.#sent;
  }

  notify(location: Location, type: NotificationType, notification: object): void {
    const config = location.notifications;
    if (config.url === undefined || !config.types.includes(type)) return;
    const { uId } = location;
    const record = this.#record(location, type, notification, config.url);
    const occasion = { uId };
    const held = this.#held.get(uId);
    if (this.#faults.strike('dropped-notification', occasion) !== undefined) {
      record.state = 'dropped';
    } else if (held === undefined && this.#faults.strike('reordered-notifications', occasion) !== undefined) {
      this.#hold(uId, () => this.#deliver(record, config, 0));
    } else {
      const late = this.#faults.strike('late-notification', occasion);
      const send = () => this.#deliver(record, config, 0);
      if (late === undefined) send();
      else this.#world.clock.at(this.#world.clock.now() + Number(late.options.delayMs), send);
      if (this.#faults.strike('doubled-notification', occasion) !== undefined) this.#deliver(record, config, 0);
      held?.();
    }
  }

  /** One attempt, at once; whether the answer was 2xx. */
  async test(location: Location, config: NotificationConfig): Promise<boolean> {
    if (config.url === undefined) return false;
    const record = this.#record(location, 'TEST_NOTIFICATION', {}, config.url);
    const delivered = await this.#attempt(record, config);
    record.state = delivered ? 'delivered' : 'given-up';
    return delivered;
  }

  #record(location: Location, notificationType: string, notification: object, url: string): SentNotification {
    const record: SentNotification = {
      notificationId: this.#world.random.uuid(),
      notificationType,
      uId: location.uId,
      url,
      notification,
      attempts: [],
      state: 'waiting',
    };
    this.#sent.push(record);
    if (this.#sent.length > KEPT * 2) this.#sent.splice(0, KEPT);
    return record;
  }

  /** Keeps a notification until the next one of the location has gone, or a minute has passed. */
  #hold(uId: string, send: () => void): void {
    const release = () => {
      if (this.#held.get(uId) !== release) return;
      this.#held.delete(uId);
      send();
    };
    this.#held.set(uId, release);
    this.#world.clock.at(this.#world.clock.now() + REORDERED_WAITS_MS, release);
  }

  #deliver(record: SentNotification, config: NotificationConfig, attempt: number): void {
    const before = this.#chains.get(record.uId) ?? Promise.resolve();
    const delivery = before.then(async () => {
      if (await this.#attempt(record, config)) {
        record.state = 'delivered';
        return;
      }
      const pause = this.#world.settings.notificationRetryMs[attempt];
      if (pause === undefined) {
        if (record.state === 'waiting') record.state = 'given-up';
      } else {
        this.#world.clock.at(this.#world.clock.now() + pause, () => this.#deliver(record, config, attempt + 1));
      }
    });
    this.#chains.set(record.uId, delivery);
    this.#world.clock.track(delivery);
  }

  async #attempt(record: SentNotification, config: NotificationConfig): Promise<boolean> {
    const { notificationId, notificationType, notification, uId, url } = record;
    const body = JSON.stringify({ notificationId, notificationType, notification, uId });
    const at = new Date(this.#world.clock.now()).toISOString();
    const answer = await post(url, config.authToken, body, this.#world.settings.notificationTimeoutMs);
    record.attempts.push({ at, answer });
    return typeof answer === 'number' && answer >= 200 && answer < 300;
  }
}
