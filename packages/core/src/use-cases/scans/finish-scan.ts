import type { AppleFailure } from '../../domain/apple-failure.ts';
import type { Instant } from '../../domain/instant.ts';
import { type Asset, type AssetDifference, assetKey, compareAssets } from '../../domain/licenses/asset.ts';
import { type AssetChange, assetChanges } from '../../domain/licenses/asset-change-words.ts';
import { isMuchLess, nextFullEveryMs, type Reading, type ReadingDiscrepancy } from '../../domain/licenses/reading.ts';
import type { WeighedReading } from '../../domain/licenses/weigh-reading.ts';
import { confirmScanAt, nextScanAt, nextScanEveryMs } from '../../domain/scans/scan-schedule.ts';
import { shareOf } from '../../domain/time-slot.ts';
import { NO_USER_CHANGES } from '../../domain/users/user-words.ts';
import type { Deps } from '../../ports/deps.ts';
import type { ScanChanges, ScanProgress, ScanRecord } from '../../ports/scans.ts';
import type { Tx } from '../../ports/store.ts';
import type { TokenRecord } from '../../ports/tokens.ts';
import type { UserFindings } from './read-users.ts';
import type { Findings } from './reader.ts';
import { scanDoubtfulEvent, scanSucceededEvent } from './scan-event.ts';
import { ScanEnded } from './scan-progress.ts';

export interface UsersRead {
  /** Null: not read. */
  users: UserFindings | null;
  /** The token may not read users: Apple's refusal. */
  usersRefused: AppleFailure | null;
}

export interface ScanFindings extends Findings, UsersRead {
  /** The previous reading state. */
  reading: Reading | null;
  /** Notifications up to this number are covered. */
  answeredRechecks: number;
}

/**
 * Makes what was read visible and ends the scan: succeeded if the reading is proven, else doubtful. After a doubtful
 * scan, only what is new or proven is visible, the last good reading counts, and the next scan follows soon.
 */
export async function finishScan(
  deps: Deps,
  scan: ScanRecord,
  token: TokenRecord,
  found: ScanFindings,
  progress: ScanProgress,
): Promise<void> {
  await deps.store.write(async (tx) => {
    const stored = await tx.tokens.byId(token.id);
    if (stored === null) return;
    if (!(await tx.scans.hold(scan))) throw new ScanEnded();
    const now = deps.now();
    const licenses = await showLicenses(tx, scan, found.weighed, now);
    const users = await showUsers(tx, scan, found.users, now);
    const changes = { ...licenses.changes, ...users.changes };
    const named = await changesOf(tx, scan, licenses.differences);
    const done = progressAtEnd(progress, licenses, users.held);
    const discrepancy = found.weighed?.discrepancy ?? found.users?.discrepancy ?? null;
    const outcome = { kind: found.kind, discrepancy, changes: { sums: changes, assets: named } };
    if (!(await tx.scans.finish(scan, outcome, done, now))) throw new ScanEnded();
    await tx.readings.save(scan.uId, nextReading(scan, found, discrepancy, licenses.changes, now), now);
    // An unproven reading answers no rechecks.
    if (isProven(found)) await tx.rechecks.settle(scan.uId, found.answeredRechecks, null);
    const told = { ...found, changes, named, assets: licenses.assets, held: licenses.held, users: users.held };
    if (discrepancy === null) {
      const foundChanges = found.reading !== null && Object.values(changes).some((count: number) => count > 0);
      await tx.tokens.setSynced(token.id, now, nextScan(deps, stored, foundChanges, now));
      const less = licenses.isMuchLess || users.isMuchLess;
      await tx.events.append(scanSucceededEvent(stored, scan, { ...told, isMuchLess: less }), now);
    } else {
      const tries = stored.scanFailures + 1;
      const again = confirmScanAt(now, tries, deps.settings.confirmAfterMs, deps.settings.scanEveryMs);
      await tx.tokens.setScanFailed(token.id, tries, again);
      const isNews = !sameDiscrepancy(found.reading?.discrepancy ?? null, discrepancy);
      if (isNews) await tx.events.append(scanDoubtfulEvent(stored, scan, discrepancy, { ...told, again }), now);
    }
    await tx.jobs.readMetadata(token.id);
  });
}

type LicenseChanges = Pick<ScanChanges, 'assetsAdded' | 'assetsGone' | 'countsChanged' | 'assigned' | 'unassigned'>;

interface ShownLicenses {
  changes: LicenseChanges;
  differences: AssetDifference[];
  assets: number;
  held: number;
  /** Whether so much is gone that a person should look. */
  isMuchLess: boolean;
}

/** Makes the assets and holders that were read visible. */
async function showLicenses(
  tx: Tx,
  { uId }: ScanRecord,
  weighed: WeighedReading | null,
  now: Instant,
): Promise<ShownLicenses> {
  const before = await tx.assets.list(uId);
  const { held: heldBefore } = await tx.staging.outlook(uId);
  if (weighed === null) await tx.assets.confirm(uId, now);
  else await tx.assets.replace(uId, weighed.assets, now);
  const assets = weighed === null ? before : assetsAfter(before, weighed);
  const differences = compareAssets(before, assets);
  const shown = await tx.staging.show(uId);
  const changes: LicenseChanges = {
    assetsAdded: differences.filter(({ kind }) => kind === 'new').length,
    assetsGone: differences.filter(({ kind }) => kind === 'gone').length,
    countsChanged: differences.filter(({ kind }) => kind === 'changed').length,
    assigned: shown.assigned,
    unassigned: shown.unassigned,
  };
  const { held } = shown;
  const less = isMuchLess(before.length, assets.length) || isMuchLess(heldBefore, held);
  return { changes, differences, assets: assets.length, held, isMuchLess: less };
}

/** Counts that stay as known are the current ones: notifications may have changed them. */
function assetsAfter(before: readonly Asset[], { assets }: WeighedReading): Asset[] {
  const known = new Map(before.map((asset) => [assetKey(asset), asset]));
  return assets.flatMap(({ key, asset, counts }) => {
    const after = counts === 'as-known' ? (known.get(key) ?? asset) : asset;
    return after === null ? [] : [after];
  });
}

/** Makes the users that were read visible. If there were none before, finding them isn't a change. */
async function showUsers(
  tx: Tx,
  { uId }: ScanRecord,
  findings: UserFindings | null,
  now: Instant,
): Promise<{ changes: Omit<ScanChanges, keyof LicenseChanges>; held: number | null; isMuchLess: boolean }> {
  const before = await tx.users.reading(uId);
  const isFirst = findings !== null && before.version === null;
  if (findings?.version === null) await tx.users.keepMissing(uId, findings.missing);
  const shown = isShown(findings) ? await tx.users.show(uId, findings, now) : null;
  const { registered, retired, changed, gone } = shown === null || isFirst ? NO_USER_CHANGES : shown;
  return {
    changes: { usersRegistered: registered, usersRetired: retired, usersChanged: changed, usersGone: gone },
    held: shown?.held ?? null,
    isMuchLess: shown !== null && isMuchLess(before.held, shown.held),
  };
}

function isShown(findings: UserFindings | null): findings is UserFindings & { version: string } {
  return findings !== null && findings.version !== null;
}

/** Returns the changes asset by asset, in words. A first scan finds everything new, which isn't worth a line each. */
async function changesOf(
  tx: Tx,
  { uId, reason }: ScanRecord,
  differences: readonly AssetDifference[],
): Promise<AssetChange[]> {
  if (reason === 'added') return [];
  const adamIds = [...new Set(differences.map(({ adamId }) => adamId))];
  return assetChanges(differences, await tx.metadata.names(uId, adamIds));
}

function progressAtEnd(
  progress: ScanProgress,
  { assets, held }: { assets: number; held: number },
  users: number | null,
): ScanProgress {
  return {
    ...progress,
    assetsDone: assets,
    assetsTotal: assets,
    assignmentsDone: held,
    assignmentsTotal: held,
    usersDone: users,
    usersTotal: users,
  };
}

/** Changes tend to come in groups, so the next scan comes sooner. The first scan counts as unchanged. */
function nextScan(deps: Deps, token: TokenRecord, changed: boolean, now: Instant): { at: Instant; everyMs: number } {
  const everyMs = nextScanEveryMs(token.scanEveryMs, changed, deps.settings.scanEveryMs);
  return { at: nextScanAt(now, everyMs, shareOf(token.identity.uId)), everyMs };
}

function nextReading(
  scan: ScanRecord,
  found: ScanFindings,
  discrepancy: ReadingDiscrepancy | null,
  { assigned, unassigned }: LicenseChanges,
  now: Instant,
): Omit<Reading, 'held'> {
  const { reading: before, kind, weighed, assignmentsVersion } = found;
  // A version means that the stored rows are what Apple lists. If some of them were kept without proof, everything has
  // to be read again.
  const assetsVersion = isProven(found) ? found.assetsVersion : '';
  const full =
    kind === 'full' || before === null
      ? { fullAt: now, fullEveryMs: nextFullEveryMs(before, assigned + unassigned > 0) }
      : { fullAt: before.fullAt, fullEveryMs: before.fullEveryMs };
  // A second request in a row causes a full scan; a third one need not.
  const asked = kind === 'changes' ? now : null;
  const askedAt = scan.reason === 'button' ? asked : (before?.askedAt ?? null);
  const surplus = weighed === null ? (before?.surplus ?? 0) : weighed.surplus;
  return { assetsVersion, assignmentsVersion, surplus, discrepancy, ...full, askedAt };
}

/** Whether the assets and holders that were read are proven. */
function isProven({ weighed }: Findings): boolean {
  return weighed === null || weighed.discrepancy === null;
}

function sameDiscrepancy(a: ReadingDiscrepancy | null, b: ReadingDiscrepancy): boolean {
  return a !== null && a.about === b.about && a.assets === b.assets && a.listed === b.listed && a.counted === b.counted;
}
