/** The volume subscriptions of one location. */
export class SubscriptionBook {
  enabled = false;

  releaseUser(_clientUserId: string): void {}
}
