import type { Instant } from '../domain/instant.ts';
import type { NoticedUser, UserChangeKind } from '../domain/users/noticed-user.ts';
import type { User, UserChange } from '../domain/users/user.ts';
import type { MissingUsers, UserReading } from '../domain/users/user-reading.ts';
import type { UserChanges } from '../domain/users/user-words.ts';

export interface UserNews {
  change: UserChangeKind;
  user: NoticedUser;
}

/** Whom a list names. */
export interface NameList {
  has(clientUserId: string): boolean;
}

/**
 * The users of a location. A reading under way is out of sight until `show`, and every method is a step of a transaction's
 * length. What notifications tell meanwhile (`override`) is newer than what is read, and stays.
 */
export interface Users {
  reading(uId: string): Promise<UserReading>;
  /** Whether somebody among them is not known here. */
  hasUnknown(uId: string, clientUserIds: readonly string[]): Promise<boolean>;
  /** Takes away what a reading left that did not end, from `after` on. Gives where to go on, or null when nothing is left. */
  clear(uId: string, after: string | null): Promise<string | null>;
  /**
   * A reading begins. Gives who was told of since the last one and is to be found in this one; null: too many to look
   * for each.
   */
  begin(uId: string): Promise<string[] | null>;
  /** The reading that began comes to nothing. What it has written is to be cleared. */
  giveUp(uId: string): Promise<void>;
  /** Rows of a complete list, as of the next generation. `before`: whom the list has named before these. */
  add(uId: string, rows: readonly User[], before: NameList): Promise<void>;
  /**
   * Looks for users whom the list does not name, from `after` on; all whom it names have been added. They are `kept`, or
   * `removed` as of the next generation, unless a license is still held. Returns who they are, and where to go on as in
   * `clear`.
   */
  removeUnlisted(
    uId: string,
    list: NameList,
    unlisted: 'kept' | 'removed',
    after: string | null,
  ): Promise<{ unlisted: string[]; next: string | null }>;
  /** Rows of a difference. Gives those of whom nobody can say which registration it is. */
  change(uId: string, rows: readonly User[]): Promise<string[]>;
  /** All registrations there are of one `clientUserId`; none: it is gone. */
  settle(uId: string, clientUserId: string, rows: readonly User[]): Promise<void>;
  /** Makes what was read visible. */
  show(
    uId: string,
    reading: { version: string; missing: MissingUsers | null },
    readAt: Instant,
  ): Promise<UserChanges & { held: number }>;
  /** Keeps that a first list wasn't shown, and why. */
  keepMissing(uId: string, missing: MissingUsers | null): Promise<void>;
  /** Deletes rows that nobody sees any more. False when there are more. */
  tidy(uId: string): Promise<boolean>;
  /** What notifications told, in their order, seen at once. Gives what became of each. */
  override(uId: string, told: readonly UserNews[]): Promise<(UserChange | null)[]>;
}
