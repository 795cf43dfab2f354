import type { ReadingDiscrepancy } from '../../domain/licenses/reading.ts';
import type { Evidence } from '../../domain/list-evidence.ts';
import { UserLedger } from '../../domain/scans/user-ledger.ts';
import { UserNames } from '../../domain/scans/user-names.ts';
import { NamesMark, weighFirstUsers, weighMissingUsers } from '../../domain/scans/users-to-read.ts';
import type { User } from '../../domain/users/user.ts';
import type { MissingUsers, UserReading } from '../../domain/users/user-reading.ts';
import type { UserPage } from '../../ports/apple.ts';
import type { Store } from '../../ports/store.ts';
import { isUnknownVersion } from '../tokens/unknown-version.ts';
import { alongRows } from './in-slices.ts';
import type { Reader } from './reader.ts';
import { storePages } from './store-pages.ts';

/** Users that were read and are ready to become visible. */
export interface UserFindings {
  /** Empty: all have to be read again. Null: a first list that isn't proven, of which nothing becomes visible. */
  version: string | null;
  missing: MissingUsers | null;
  /** Why missing users are not treated as gone; null: none are missing. */
  discrepancy: ReadingDiscrepancy | null;
}

/** Users who change during the read are requested again, up to this many times. */
const ROUNDS = 3;
/** Rows per transaction: others wait some milliseconds. Rows are wider than those of assignments, with more indexes. */
const SLICE = 500;
/** More than this many are not requested one by one. */
const ALONE_AT_MOST = 50;

/**
 * Reads the users of a location, all or the changed ones, hidden until shown. Reads all if Apple can't say who changed.
 * Returns null if they changed too quickly to be sure of them: they then stay as they are, and the next scan reads them
 * again.
 */
export async function readUsers(
  reader: Reader,
  reading: UserReading,
  wanted: 'all' | 'changes',
): Promise<UserFindings | null> {
  const { write, scan } = reader;
  await clearUsers(write, scan.uId);
  const told = await write((tx) => tx.users.begin(scan.uId));
  await reader.progress.report({ usersDone: 0 });
  if (wanted === 'changes' && reading.version !== null && told !== null) {
    const version = await readChangedUsers(reader, reading.version, told);
    if (version !== null) return { version, missing: reading.missing, discrepancy: null };
  }
  const findings = await readEveryUser(reader, reading);
  if (findings === null || findings.version === null) {
    await clearUsers(write, scan.uId);
    await write((tx) => tx.users.giveUp(scan.uId));
  }
  return findings;
}

/** Deletes what an unfinished read of the users left behind. */
async function clearUsers(write: Store['write'], uId: string): Promise<void> {
  await alongRows<string>(write, (tx, after) => tx.users.clear(uId, after));
}

/**
 * Reads who changed since a version. A user that a notification reported but the difference leaves out did not change
 * at Apple, so the notification was late: that user is requested separately, as are ambiguous ones. Returns where to
 * continue, or null if that is unknown or would not be shorter.
 */
async function readChangedUsers(reader: Reader, from: string, told: readonly string[]): Promise<string | null> {
  const { location, scan, write, progress, signal } = reader;
  const open = new Set(told);
  let since = from;
  let done = 0;
  for (let round = 1; round <= ROUNDS; round++) {
    const doneBefore = done;
    const last = await unlessUnknown(
      storePages(location.userPages(since, signal), reader.sliceRows, async (slice) => {
        for (const rows of inParts(slice)) {
          const unsure = await write((tx) => tx.users.change(scan.uId, rows));
          for (const { clientUserId } of rows) open.delete(clientUserId);
          for (const clientUserId of unsure) open.add(clientUserId);
          done += rows.length;
        }
        await progress.report({ usersDone: done });
      }),
    );
    if (last === null || last.consistency === 'uncertain') return null;
    // An empty answer moves nothing: if it left a user out, the next one lists them.
    if (done > doneBefore) since = last.resumeVersion;
    if (last.consistency === 'one-version') break;
  }
  if (open.size > ALONE_AT_MOST) return null;
  for (const clientUserId of open) {
    const rows = await location.usersNamed(clientUserId, signal);
    // An empty answer for one user does not prove that the user is gone; a full list proves more.
    if (rows.length === 0) return null;
    await write((tx) => tx.users.settle(scan.uId, clientUserId, rows));
  }
  return since;
}

/**
 * Reads all users. A list that contradicts itself, changed too quickly, or is shorter than what is known is read again
 * immediately; the second one counts.
 */
async function readEveryUser(reader: Reader, { version, held, missing }: UserReading): Promise<UserFindings | null> {
  const { scan, write, now, confirmAfterMs } = reader;
  let pass = await listUsers(reader);
  if (pass === null || pass.evidence.kind === 'contradicts' || pass.strangers > 0 || pass.list.size < held) {
    await clearUsers(write, scan.uId);
    pass = await listUsers(reader);
  }
  if (pass === null) return null;
  const { list, evidence, strangers, last } = pass;
  const users = list.size;
  if (version === null) {
    const first = weighFirstUsers({ known: missing, users, strangers, evidence }, now(), confirmAfterMs);
    const discrepancy = discrepancyOf(evidence, users, users + strangers);
    if (!first.isProven) return { version: null, missing: first.missing, discrepancy };
  }
  const unlisted = new NamesMark();
  await alongRows<string>(write, async (tx, after) => {
    const slice = await tx.users.removeUnlisted(scan.uId, list, 'kept', after);
    unlisted.add(slice.unlisted);
    return slice.next;
  });
  const mark = unlisted.read();
  const weighed =
    mark === null
      ? { isGone: false, missing: null }
      : weighMissingUsers({ known: missing, mark, evidence }, now(), confirmAfterMs);
  if (weighed.isGone)
    await alongRows<string>(
      write,
      async (tx, after) => (await tx.users.removeUnlisted(scan.uId, list, 'removed', after)).next,
    );
  const moved = last.consistency === 'moved' ? await readChangedUsers(reader, last.resumeVersion, []) : null;
  return {
    // New users may be missing from a list that contradicts itself, and no later difference would include them.
    version: evidence.kind === 'contradicts' ? '' : (moved ?? last.resumeVersion),
    missing: weighed.missing,
    discrepancy: mark === null || weighed.isGone ? null : discrepancyOf(evidence, users, held),
  };
}

function discrepancyOf(evidence: Evidence, users: number, held: number): ReadingDiscrepancy {
  const numbers =
    evidence.kind === 'contradicts'
      ? { listed: evidence.seen, counted: evidence.said }
      : { listed: users, counted: held };
  return { about: 'users', assets: 0, ...numbers };
}

interface UserPass {
  /** The users that it named. */
  list: UserNames;
  last: UserPage;
  evidence: Evidence;
  /** Holders of licenses who aren't listed. */
  strangers: number;
}

/** Null if rows may be missing. */
async function listUsers(reader: Reader): Promise<UserPass | null> {
  const { location, scan, write, progress, userHolders, signal } = reader;
  const list = new UserNames(scan.id);
  const ledger = new UserLedger(scan.id, userHolders);
  const last = await storePages(location.userPages(null, signal), reader.sliceRows, async (slice) => {
    for (const page of slice) ledger.see(page);
    for (const rows of inParts(slice)) {
      await write((tx) => tx.users.add(scan.uId, rows, list));
      for (const { clientUserId } of rows) list.add(clientUserId);
    }
    await progress.report({ usersDone: list.size });
  });
  if (last === null || last.consistency === 'uncertain') return null;
  return { list, last, evidence: ledger.judge(), strangers: ledger.strangers };
}

/** Splits the rows of pages into parts. */
function inParts(pages: readonly UserPage[]): User[][] {
  const rows = pages.flatMap((page) => page.rows);
  return Array.from({ length: Math.ceil(rows.length / SLICE) }, (_, part) =>
    rows.slice(part * SLICE, (part + 1) * SLICE),
  );
}

async function unlessUnknown<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (isUnknownVersion(error)) return null;
    throw error;
  }
}
