import type { Instant } from '../instant.ts';

/** How far the users of a location were read. */
export interface UserReading {
  /** What to ask for changes since; null: never read. */
  version: string | null;
  readAt: Instant | null;
  /** Users stored, retired ones too. */
  held: number;
  /** A notification told something that does not follow from what is stored. */
  toRecheck: boolean;
  /** Users that are stored and weren't listed the last time. */
  missing: MissingUsers | null;
}

/** Users that a whole list left out, or a first list that wasn't shown. */
export interface MissingUsers {
  /** The same for the same users, or for a first list of as many. */
  mark: string;
  since: Instant;
}
