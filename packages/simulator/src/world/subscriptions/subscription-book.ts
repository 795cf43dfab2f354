import type { Subscription } from './subscription.ts';

/** The volume subscriptions of one location. Once held they stay, with zero counts. */
export class SubscriptionBook {
  enabled = false;
  readonly #rows = new Map<number, Subscription>();

  get all(): Subscription[] {
    return [...this.#rows.values()];
  }

  find(adamId: number): Subscription | undefined {
    return this.#rows.get(adamId);
  }

  add(subscription: Subscription): void {
    this.#rows.set(subscription.adamId, subscription);
  }

  /** Whether any seat is owned, which keeps support from being disabled. */
  get holdsSeats(): boolean {
    return this.all.some(({ owned }) => owned.renewing + owned.expiring > 0);
  }

  releaseUser(clientUserId: string): boolean {
    let released = false;
    for (const subscription of this.#rows.values()) {
      released = subscription.assignments.delete(clientUserId) || released;
      subscription.admins.delete(clientUserId);
    }
    return released;
  }
}
