import type { Instant } from '../instant.ts';

/** How far the users of a location were read. */
export interface UserReading {
  /** The version from which to ask for changes; null: never read. */
  version: string | null;
  readAt: Instant | null;
  /** Users stored, including retired ones. */
  held: number;
  /** A notification did not follow from what is stored. */
  toRecheck: boolean;
  /** Users that are stored but weren't in the last list. */
  missing: MissingUsers | null;
}

/** Users that a full list left out, or a first list that wasn't shown. */
export interface MissingUsers {
  /** The same for the same users, or for a first list with the same number. */
  mark: string;
  since: Instant;
}
