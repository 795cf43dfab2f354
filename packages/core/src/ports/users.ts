import type { Instant } from '../domain/instant.ts';
import type { NoticedUser, UserChangeKind } from '../domain/users/noticed-user.ts';
import type { User, UserChange } from '../domain/users/user.ts';
import type { MissingUsers, UserReading } from '../domain/users/user-reading.ts';
import type { UserChanges } from '../domain/users/user-words.ts';

export interface UserNews {
  change: UserChangeKind;
  user: NoticedUser;
}

/** The users that a list names. */
export interface NameList {
  has(clientUserId: string): boolean;
}

/**
 * The users of a location. A scan under way is hidden until `show`, and every method fits in one short transaction.
 * What notifications report in the meantime (`override`) is newer than the scan, and stays.
 */
export interface Users {
  reading(uId: string): Promise<UserReading>;
  /** Whether one of them is not known here. */
  hasUnknown(uId: string, clientUserIds: readonly string[]): Promise<boolean>;
  /** Deletes what an unfinished scan left, after `after`. Returns where to continue, or null if nothing is left. */
  clear(uId: string, after: string | null): Promise<string | null>;
  /**
   * Begins a scan. Returns the users that notifications have reported since the last one and that this one should find;
   * null: too many to check each.
   */
  begin(uId: string): Promise<string[] | null>;
  /** Abandons the scan. What it wrote has to be cleared. */
  giveUp(uId: string): Promise<void>;
  /** Adds rows of a complete list, in the next generation. `before`: the users that the list has named before these. */
  add(uId: string, rows: readonly User[], before: NameList): Promise<void>;
  /**
   * Finds users that the list does not name, after `after`, once all named users have been added. They are `kept`, or
   * `removed` in the next generation unless they still hold a license. Returns who they are, and where to continue as
   * in `clear`.
   */
  removeUnlisted(
    uId: string,
    list: NameList,
    unlisted: 'kept' | 'removed',
    after: string | null,
  ): Promise<{ unlisted: string[]; next: string | null }>;
  /** Adds rows of a difference. Returns those with an ambiguous registration. */
  change(uId: string, rows: readonly User[]): Promise<string[]>;
  /** Replaces all registrations of one `clientUserId`; if there are none, the user is gone. */
  settle(uId: string, clientUserId: string, rows: readonly User[]): Promise<void>;
  /** Makes the scan visible. */
  show(
    uId: string,
    reading: { version: string; missing: MissingUsers | null },
    readAt: Instant,
  ): Promise<UserChanges & { held: number }>;
  /** Records that a first list wasn't shown, and why. */
  keepMissing(uId: string, missing: MissingUsers | null): Promise<void>;
  /** Deletes rows that are no longer visible. Returns false if there are more. */
  tidy(uId: string): Promise<boolean>;
  /** Applies what notifications reported, in order, visible immediately. Returns the outcome for each. */
  override(uId: string, told: readonly UserNews[]): Promise<(UserChange | null)[]>;
}
