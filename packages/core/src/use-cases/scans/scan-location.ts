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
 * Reads a location: its configuration if it may have changed, its assets, and its assignments; only what changed if
 * Apple can say it, else everything. What is read becomes visible in one transaction at the end, so that no one sees
 * half a scan and a failed scan changes nothing. Returns quietly if the scan was ended elsewhere. Throws if the signal
 * aborted it; it then has to run again.
 */
export async function scanLocation(
  deps: Deps,
  scanId: string,
  signal?: Abort,
  onBegun: (attempt: ScanAttempt) => void = () => {},
): Promise<void> {
  // In a separate transaction: a request for a scan locks the token and then the scan, which would deadlock with us.
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
      // We are being stopped, which says nothing about the location: there is no failure to record.
      await deps.store.write((tx) => tx.scans.putBack(scan, deps.now()));
      throw error;
    }
    await endFailed(deps, scan, token, null);
    throw error;
  }
  if (refused !== null) await endFailed(deps, scan, token, refused);
}

/** The failure that ended the scan, and what checking the token showed about it. */
interface Refused {
  failure: AppleFailure;
  answer: Answer;
}

/** Confirms a refusal before the scan ends, so that one stray answer ends no token. */
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
  // A first list of users that wasn't shown is compared with all holders of licenses.
  const isWholeDue = isFullPassDue(reading, scan.reason, deps.now()) || (isFirstOfUsers && users.missing !== null);
  const goesOnFrom = scan.checkpoint === null && !isWholeDue ? reading : null;
  // If little is to be read, the trailer of the answers shows whether the configuration has to be read as well.
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
  // Pages read before the process died may be older than later notifications.
  const answered = scan.checkpoint === null ? (rechecks.at(-1)?.number ?? 0) : 0;
  await finishScan(deps, scan, token, { reading, ...findings, ...read, answeredRechecks: answered }, progress.now());
  await clearAfterwards(deps, scan.uId);
  if (read.users !== null) await inSlices(deps.store.write, (tx) => tx.users.tidy(scan.uId));
}

const NOT_ASKED: UsersRead = { users: null, usersRefused: null };

/** A token that may not read users may still read licenses, which matter more. Any other trouble fails the scan. */
async function usersIfPermitted(read: () => Promise<UserFindings | null>): Promise<UsersRead> {
  try {
    return { users: await read(), usersRefused: null };
  } catch (error) {
    const isRefused = error instanceof AppleFailureError && stateOfFailure(error.failure) === 'not-permitted';
    if (!isRefused) throw error;
    return { users: null, usersRefused: error.failure };
  }
}

/** Checks the token and who holds the location; settles a wanted claim on the way. */
async function readConfig(deps: Deps, location: AppleLocation, token: TokenRecord, signal?: Abort): Promise<void> {
  const config = await askConfig(location, { effort: 'patient', claim: token.identity.mdmInfo, signal });
  await deps.store.write(async (tx) => {
    const stored = await tx.tokens.byId(token.id);
    if (stored !== null) await recordAnswer(deps, tx, stored, { kind: 'config', config, withdrawn: null }, token);
  });
  if (token.identity.appleId === null) await completeAccount(deps, location, token, signal);
  if (token.claimWanted) await settleClaim(deps, token.id, null, signal);
}

/** Reads the account that downloaded the file, if the older service was silent before. */
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
    // Lock the token before the scan, in the same order as everywhere else.
    const stored = await tx.tokens.byId(token.id);
    const code = failure === null ? 'scan.broken' : 'scan.refused';
    const ended = await tx.scans.fail(scan, { code, apple: failure }, now);
    // No longer ours: its new owner reports the outcome.
    if (!ended) return;
    if (stored === null) return;
    const failures = stored.scanFailures + 1;
    const isCleared = refused?.answer.kind === 'config';
    const again = isCleared
      ? later(now, MINUTE_MS)
      : scanAgainAt(now, failures, deps.settings.scanEveryMs, shareOf(scan.uId));
    await tx.tokens.setScanFailed(token.id, failures, again);
    await tx.events.append(scanFailedEvent(stored, scan, code, failure), now);
    // Data that changed too quickly says nothing about the token.
    const isMoved = failure?.kind === 'no-answer' && failure.reason === 'moved';
    if (refused !== null && !isMoved) await recordAnswer(deps, tx, stored, refused.answer, token);
  });
  await clearAfterwards(deps, scan.uId);
}
