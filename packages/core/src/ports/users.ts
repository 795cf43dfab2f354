import type { Instant } from '../domain/instant.ts';
import type { NoticedUser, ToldUserChange } from '../domain/users/told-user.ts';
import type { User, UserChange } from '../domain/users/user.ts';
import type { MissingUsers, UserReading } from '../domain/users/user-reading.ts';
import type { UserChanges } from '../domain/users/user-words.ts';

export interface ToldUser {
  change: ToldUserChange;
  user: NoticedUser;
}

/**
 * The users of a location. A reading under way is out of sight until `show`, and every method is a step of a transaction's
 * length. What notifications tell meanwhile (`tell`) is newer than what is read, and stays.
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
  /** Rows of a complete list, to be compared with what is stored once it is complete. Gives how many users were new. */
  stage(uId: string, rows: readonly User[]): Promise<number>;
  /** Takes away what is staged. False when there is more. */
  unstage(uId: string): Promise<boolean>;
  /**
   * Compares what is staged with what is stored, from `after` on. Who isn't staged is `kept`, or `removed` unless a license
   * is still held. Returns who isn't staged, and where to go on as in `clear`.
   */
  merge(
    uId: string,
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
  tell(uId: string, told: readonly ToldUser[]): Promise<(UserChange | null)[]>;
}
