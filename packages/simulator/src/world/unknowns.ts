/** What Apple leaves open, as switches. FIDELITY.md and docs/vendor/unknowns.md explain each; the first value is the default. */
export const unknownChoices = {
  invalidTokenStatus: [200, 401],
  tokenMatch: ['text', 'content'],
  tokensOfDeletedLocation: [9625, 9622],
  tokenDownload: ['keeps-older', 'revokes-older'],
  roleNone: [9637, 9625, 9601, 9611],
  readOnlyWrites: [9637, 9647],
  removalsInDelta: ['invisible', 'as-rows'],
  movedRows: ['in-delta', 'silent'],
  reassociate: ['success', 'failure'],
  disassociateMissing: ['success', 'failure'],
  unknownAsset: ['refuse-9602', 'refuse-9718', 'fail-9709'],
  unknownUser: ['refuse', 'fail'],
  managedAppleIdFilter: ['honored', 'ignored', 'refused'],
  includeRetiredFilter: ['honored', 'ignored'],
  shortSupply: ['as-far-as-it-goes', 'all-or-nothing'],
  clientConfigOmitted: ['keep', 'clear'],
  clearClaim: ['both', 'null', 'empty-strings', 'never'],
  claimInPostAnswer: ['shown', 'absent'],
  testNotification: ['with-url', 'always'],
  emptyTotalPages: [1, 0],
  booksOfRetired: ['assigned', 'retired'],
  unlimitedAvailable: ['remaining', 'unlimited'],
  unlimitedInSize: [true, false],
  expiryInAnswers: ['always', 'last-15-days'],
  eventSeenByOtherTokens: [true, false],
  refusedCountForRate: [false, true],
  unlimitedAssetNotification: [false, true],
  emptyCursorPage: [false, true],
  subscriptionLimitNumber: [9816, 9805],
  v1TotalBatchCount: ['further', 'all'],
  v1AllFailed: [-3, -1],
  v1Notifies: [true, false],
  errorTexts: ['apple', 'ours'],
  unknownPath: [404, 501],
} as const satisfies Record<string, readonly (string | number | boolean)[]>;

/** Unknown amounts: any number of at least 0 may be set. 0 means never or none. */
export const unknownAmounts = {
  /** A version is forgotten after this many later changes of its data set. */
  versionLifetimeChanges: 0,
  /** An event is forgotten this long after it ended. */
  eventLifetimeMs: 0,
  /** Seconds of Retry-After on 429; 0 sends none. */
  retryAfterOn429: 0,
};

type Choices = typeof unknownChoices;
type Widen<T> = T extends boolean ? boolean : T;
export type Unknowns = { -readonly [K in keyof Choices]: Widen<Choices[K][number]> } & {
  -readonly [K in keyof typeof unknownAmounts]: number;
};

export function defaultUnknowns(): Unknowns {
  const choices = Object.entries(unknownChoices).map(([name, values]) => [name, values[0]]);
  return { ...Object.fromEntries(choices), ...unknownAmounts } as Unknowns;
}

/** The reason why `value` cannot be set for `name`, or undefined when it can. */
export function refuseUnknown(name: string, value: unknown): string | undefined {
  if (name in unknownAmounts) {
    return typeof value === 'number' && value >= 0 ? undefined : `unknowns.${name} is a number of at least 0`;
  }
  const values: readonly unknown[] | undefined = (unknownChoices as Record<string, readonly unknown[]>)[name];
  if (values === undefined) {
    return `there is no unknown named ${name}; there are ${[...Object.keys(unknownChoices), ...Object.keys(unknownAmounts)].join(', ')}`;
  }
  return values.includes(value) ? undefined : `unknowns.${name} is one of ${values.map(String).join(', ')}`;
}
