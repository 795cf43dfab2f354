import type { AppleFailure } from '../../domain/apple-failure.ts';
import { AppleFailureError } from '../../domain/apple-failure.ts';
import { later, MINUTE_MS } from '../../domain/instant.ts';
import { isFullPassDue } from '../../domain/licenses/reading.ts';
import { contradicts, isConfigFresh } from '../../domain/locations/trailer.ts';
import { scanAgainAt } from '../../domain/scans/scan-schedule.ts';
import { UserNames } from '../../domain/scans/user-names.ts';
import { usersToRead } from '../../domain/scans/users-to-read.ts';
import { shareOf } from '../../domain/time-slot.ts';
import { stateOfFailure } from '../../domain/tokens/token-state.ts';
import type { Abort } from '../../ports/abort.ts';
import type { AppleLocation } from '../../ports/apple.ts';
import type { Deps } from '../../ports/deps.ts';
import type { ScanAttempt, ScanRecord } from '../../ports/scans.ts';
import type { Tx } from '../../ports/store.ts';
import type { TokenRecord } from '../../ports/tokens.ts';
import { openLocation } from '../locations/open-location.ts';
import { type Answer, askConfig } from '../tokens/ask-apple.ts';
import { lookInto } from '../tokens/check-token.ts';
import { recordAnswer } from '../tokens/record-answer.ts';
import { settleClaim } from '../tokens/settle-claim.ts';
import { clearAfterwards, clearStaged } from './clear-staged.ts';
import { finishScan, type UsersRead } from './finish-scan.ts';
import { inSlices } from './in-slices.ts';
import { readChanges } from './read-changes.ts';
import { readUsers, type UserFindings } from './read-users.ts';
import { readWhole } from './read-whole.ts';
import type { Reader } from './reader.ts';
import { scanFailedEvent } from './scan-event.ts';
import { progressOf, ScanEnded, writeHeld } from './scan-progress.ts';

/**
 * Reads a location: configuration, where it may have changed, assets, assignments; only what changed where Apple can
 * say it, else whole. What is
 * read becomes visible in one transaction at the end, so that nobody sees half a scan and a failed scan changes
 * nothing. Ends quietly when somebody else ended it; throws when the signal stopped it, and is then to be run again.
 */
export async function scanLocation(
  deps: Deps,
  scanId: string,
  signal?: Abort,
  onBegun: (attempt: ScanAttempt) => void = () => {},
): Promise<void> {
  // On its own: whoever asks for a scan holds the token and looks for the scan, and would wait for us as we for him.
  const scan = await deps.store.write((tx) => tx.scans.begin(scanId, deps.now()));
  if (scan === null) return;
  onBegun(scan);
  const token = await deps.store.write(async (tx) => {
    const stored = await tx.tokens.byId(scan.tokenId);
    if (stored === null) await tx.scans.fail(scan, { code: 'scan.token-removed', apple: null }, deps.now());
    return stored;
  });
  if (token === null) return;

  let refused: Refused | null;
  try {
    refused = await readUnlessRefused(deps, scan, token, signal);
  } catch (error) {
    if (error instanceof ScanEnded) return;
    if (signal?.aborted) {
      // We are being stopped, which says nothing about the location: no failure to record.
      await deps.store.write((tx) => tx.scans.putBack(scan, deps.now()));
      throw error;
    }
    await endFailed(deps, scan, token, null);
    throw error;
  }
  if (refused !== null) await endFailed(deps, scan, token, refused);
}

/** What Apple failed the scan with, and what became of that when it was asked how the token fares. */
interface Refused {
  failure: AppleFailure;
  answer: Answer;
}

/** Whether a refusal stands is asked before the scan ends, so that one stray answer ends no token. */
async function readUnlessRefused(
  deps: Deps,
  scan: ScanRecord,
  token: TokenRecord,
  signal?: Abort,
): Promise<Refused | null> {
  try {
    await readAll(deps, await openLocation(deps, token), scan, token, signal);
    return null;
  } catch (error) {
    if (signal?.aborted || !(error instanceof AppleFailureError)) throw error;
    return { failure: error.failure, answer: await lookInto(deps, token, error.failure, signal) };
  }
}

async function readAll(
  deps: Deps,
  location: AppleLocation,
  scan: ScanRecord,
  token: TokenRecord,
  signal?: Abort,
): Promise<void> {
  const progress = progressOf(deps, scan, location);
  const write = writeHeld(deps, scan);
  if (scan.checkpoint === null) await clearStaged(write, scan.uId);
  const { reading, stored, rechecks, users } = await deps.store.read(async (view) => ({
    reading: await view.readings.of(scan.uId),
    stored: await view.assets.list(scan.uId),
    rechecks: await view.rechecks.of(scan.uId),
    users: await view.users.reading(scan.uId),
  }));
  const isFirstOfUsers = users.version === null;
  // A first list of users that wasn't shown is compared with all who hold licenses.
  const isWholeDue = isFullPassDue(reading, scan.reason, deps.now()) || (isFirstOfUsers && users.missing !== null);
  const goesOnFrom = scan.checkpoint === null && !isWholeDue ? reading : null;
  // Where little is to be read, what comes along with it says whether the configuration has to be read as well.
  const sparesConfig = goesOnFrom !== null && isConfigFresh(token, deps.now(), deps.settings.checkEveryMs);
  const first = sparesConfig ? await location.firstAssets(signal) : null;
  if (first === null || contradicts(first.trailer, token.identity)) await readConfig(deps, location, token, signal);

  const { sliceRows } = deps.store;
  const { now } = deps;
  const { confirmAfterMs } = deps.settings;
  const common = { location, scan, write, sliceRows, progress, rechecks, now, confirmAfterMs, signal };
  const reader: Reader = {
    ...common,
    newHolders: { found: false },
    userHolders: isFirstOfUsers ? new UserNames(scan.id) : null,
  };
  const changes = goesOnFrom === null ? null : await readChanges(reader, goesOnFrom, stored, first);
  const findings = changes ?? (await readWhole(reader, stored));
  const wanted = usersToRead(users, findings.kind, reader.newHolders.found, deps.now());
  const read = wanted === null ? NOT_ASKED : await usersIfPermitted(() => readUsers(reader, users, wanted));
  // Pages from before its process died may be older than what was notified since.
  const answered = scan.checkpoint === null ? (rechecks.at(-1)?.number ?? 0) : 0;
  await finishScan(deps, scan, token, { reading, ...findings, ...read, answeredRechecks: answered }, progress.now());
  await clearAfterwards(deps, scan.uId);
  if (read.users !== null) await inSlices(deps.store.write, (tx) => tx.users.tidy(scan.uId));
}

const NOT_ASKED: UsersRead = { users: null, usersRefused: null };

/** A token that may not read users may well read licenses, and these count for more. Any other trouble is the scan's. */
async function usersIfPermitted(read: () => Promise<UserFindings | null>): Promise<UsersRead> {
  try {
    return { users: await read(), usersRefused: null };
  } catch (error) {
    const isRefused = error instanceof AppleFailureError && stateOfFailure(error.failure) === 'not-permitted';
    if (!isRefused) throw error;
    return { users: null, usersRefused: error.failure };
  }
}

/** Asks how the token fares and who holds the location; a claim still wanted is settled on the way. */
async function readConfig(deps: Deps, location: AppleLocation, token: TokenRecord, signal?: Abort): Promise<void> {
  const config = await askConfig(location, { effort: 'patient', claim: token.identity.mdmInfo, signal });
  await deps.store.write(async (tx) => {
    const stored = await tx.tokens.byId(token.id);
    if (stored !== null) await recordAnswer(deps, tx, stored, { kind: 'config', config, withdrawn: null }, token);
  });
  if (token.identity.appleId === null) await completeAccount(deps, location, token, signal);
  if (token.claimWanted) await settleClaim(deps, token.id, null, signal);
}

/** The account that downloaded the file, when the older service was silent before. */
async function completeAccount(deps: Deps, location: AppleLocation, token: TokenRecord, signal?: Abort): Promise<void> {
  const account = await location.account(signal);
  if (account === null) return;
  await deps.store.write(async (tx) => {
    const stored = await tx.tokens.byId(token.id);
    if (stored?.version === token.version) await tx.tokens.setIdentity(token.id, { ...stored.identity, ...account });
  });
}

async function endFailed(deps: Deps, scan: ScanRecord, token: TokenRecord, refused: Refused | null): Promise<void> {
  const failure = refused?.failure ?? null;
  await deps.store.write(async (tx: Tx) => {
    const now = deps.now();
    // The token before the scan, in the order of everybody else.
    const stored = await tx.tokens.byId(token.id);
    const code = failure === null ? 'scan.broken' : 'scan.refused';
    const ended = await tx.scans.fail(scan, { code, apple: failure }, now);
    // Not ours any more: whoever has it says what comes of it.
    if (!ended) return;
    if (stored === null) return;
    const failures = stored.scanFailures + 1;
    const isCleared = refused?.answer.kind === 'config';
    const again = isCleared
      ? later(now, MINUTE_MS)
      : scanAgainAt(now, failures, deps.settings.scanEveryMs, shareOf(scan.uId));
    await tx.tokens.setScanFailed(token.id, failures, again);
    await tx.events.append(scanFailedEvent(stored, scan, code, failure), now);
    // Data that moved too quickly says nothing about the token.
    const isMoved = failure?.kind === 'no-answer' && failure.reason === 'moved';
    if (refused !== null && !isMoved) await recordAnswer(deps, tx, stored, refused.answer, token);
  });
  await clearAfterwards(deps, scan.uId);
}
