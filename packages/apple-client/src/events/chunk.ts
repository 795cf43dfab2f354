import type { ManageSubscriptions } from '../subscriptions/subscription-calls.ts';
import type { ManageUsers, RequestUser } from '../users/user-calls.ts';
import type { ManageAssets, RevokeAssets } from './changes.ts';

/** The `limits` of service config. Missing ones default to those of Apple's sample. */
export type Limits = Readonly<Record<string, number>>;

const SAMPLE = {
  maxAssets: 25,
  maxClientUserIds: 1000,
  maxSerialNumbers: 1000,
  maxRevokeClientUserIds: 100,
  maxRevokeSerialNumbers: 100,
  maxUsers: 100,
  maxSubscriptions: 25,
  maxSubscriptionClientUserIds: 1000,
} as const;

function limitOf(limits: Limits, name: keyof typeof SAMPLE): number {
  const published = limits[name];
  return published !== undefined && published >= 1 ? Math.floor(published) : SAMPLE[name];
}

/**
 * Splits a change of any size into requests that Apple accepts, without duplicates (9703 to 9705). Users and devices go
 * in separate requests, because Apple refuses the whole request if one user is unknown.
 */
export function* chunkAssets(change: ManageAssets, limits: Limits): Generator<ManageAssets, void, undefined> {
  const assets = unique(change.assets, ({ adamId, pricingParam }) => `${adamId} ${pricingParam ?? 'STDQ'}`);
  for (const some of groups(assets, limitOf(limits, 'maxAssets'))) {
    for (const clientUserIds of groups(unique(change.clientUserIds), limitOf(limits, 'maxClientUserIds'))) {
      yield { assets: some, clientUserIds };
    }
    for (const serialNumbers of groups(unique(change.serialNumbers), limitOf(limits, 'maxSerialNumbers'))) {
      yield { assets: some, serialNumbers };
    }
  }
}

/** Splits a revocation of any size. */
export function* chunkRevoke(change: RevokeAssets, limits: Limits): Generator<RevokeAssets, void, undefined> {
  for (const clientUserIds of groups(unique(change.clientUserIds), limitOf(limits, 'maxRevokeClientUserIds'))) {
    yield { clientUserIds };
  }
  for (const serialNumbers of groups(unique(change.serialNumbers), limitOf(limits, 'maxRevokeSerialNumbers'))) {
    yield { serialNumbers };
  }
}

/** Splits any number of users. If a `clientUserId` occurs more than once, the last entry wins. */
export function* chunkUsers(change: ManageUsers, limits: Limits): Generator<ManageUsers, void, undefined> {
  const last = new Map<string, RequestUser>(change.users.map((user) => [user.clientUserId, user]));
  for (const users of groups([...last.values()], limitOf(limits, 'maxUsers'))) yield { users };
}

/** Splits a change of subscriptions of any size. Its other properties go along with every part. */
export function* chunkSubscriptions<Change extends ManageSubscriptions>(
  change: Change,
  limits: Limits,
): Generator<Change, void, undefined> {
  for (const adamIds of groups(unique(change.adamIds), limitOf(limits, 'maxSubscriptions'))) {
    for (const clientUserIds of groups(unique(change.clientUserIds), limitOf(limits, 'maxSubscriptionClientUserIds'))) {
      yield { ...change, adamIds, clientUserIds };
    }
  }
}

function unique<T>(values: readonly T[] = [], key: (value: T) => unknown = (value) => value): readonly T[] {
  const seen = new Map<unknown, T>();
  for (const value of values) if (!seen.has(key(value))) seen.set(key(value), value);
  return [...seen.values()];
}

function* groups<T>(values: readonly T[], size: number): Generator<readonly T[], void, undefined> {
  for (let at = 0; at < values.length; at += size) yield values.slice(at, at + size);
}
