import { DAY_MS, type Instant } from './instant.ts';
import type { ReadingKind } from './reading.ts';

/** How far the users of a location were read. */
export interface UserReading {
  /** What to ask for changes since; null: never read. */
  version: string | null;
  readAt: Instant | null;
  /** Users stored, retired ones too. */
  held: number;
  /** A notification told something that does not follow from what is stored. */
  doubted: boolean;
}

const ASKED_EVERY_MS = DAY_MS;

/**
 * What a scan has to ask of the users, if anything: all of them with every full pass, else who changed, but only where
 * something speaks for it, so that a scan where nothing changed stays as short as it is. `newHolder`: an assignment
 * came that names somebody unknown.
 */
export function usersToRead(
  { version, readAt, doubted }: UserReading,
  scanned: ReadingKind,
  newHolder: boolean,
  now: Instant,
): 'all' | 'changes' | null {
  if (version === null || readAt === null || scanned === 'full') return 'all';
  if (newHolder || doubted) return 'changes';
  return now.getTime() - readAt.getTime() >= ASKED_EVERY_MS ? 'changes' : null;
}
