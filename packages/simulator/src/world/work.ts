/** Ids an error is about, as Apple groups them. */
export interface TaskTarget {
  readonly asset?: { adamId: string; pricingParam?: string };
  readonly clientUserId?: string;
  readonly serialNumber?: string;
}

/** What an event does: a fixed number of tasks, each done once, in order. Elements are what notifications list. */
export interface Work {
  readonly notificationType: 'ASSET_MANAGEMENT' | 'USER_MANAGEMENT' | 'SUBSCRIPTION_MANAGEMENT';
  readonly elementsName: 'assignments' | 'users';
  readonly size: number;
  /** Nobody is told when it is done; something later will. */
  readonly silent?: boolean;
  /** Called once before the first task, when everything accepted earlier is done. */
  begin?(): void;
  /** Does one task: undefined is success, otherwise the error number. */
  run(task: number): number | undefined;
  /** How a task shows in a notification, after it was run. */
  element(task: number): object;
  target(task: number): TaskTarget;
}
