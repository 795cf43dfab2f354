import { DAY_MS, type Instant, MINUTE_MS } from '../instant.ts';
import type { Evidence } from '../list-evidence.ts';
import {
  type Asset,
  type AssetName,
  assetKey,
  type Discrepancy,
  type LicenseCounts,
  type SaidAsset,
  sameCounts,
} from './asset.ts';

/** How a location was read: whole, or only what changed since the last time. */
export type ReadingKind = 'full' | 'changes';

/** Where the reading of a location stands: what a scan by difference goes on from. */
export interface Reading {
  assetsVersion: string;
  assignmentsVersion: string;
  /** Assignments stored. Counted by the store. */
  held: number;
  /** The sum of it over all assets. */
  surplus: number;
  /** Why the last reading isn't to be built on; null: it is. */
  discrepancy: ReadingDiscrepancy | null;
  fullAt: Instant;
  /** How long the last full pass is good for. */
  fullEveryMs: number;
  /** When a person's scan last read only changes; null once all was read after it. */
  askedAt: Instant | null;
}

/** What doesn't fit in a reading, in short: the first of what was found, with both numbers. */
export interface ReadingDiscrepancy {
  about: Discrepancy['about'] | 'list' | 'users';
  /** Assets it concerns. */
  assets: number;
  /** As many are listed, or came. */
  listed: number | null;
  /** As many are counted, or promised. */
  counted: number | null;
}

/** The assets of one version, as Apple lists them, each once. */
export interface AssetReading {
  /** Empty where Apple left it out. */
  versionId: string;
  assets: SaidAsset[];
  evidence: Evidence;
}

const FULL_EVERY_MS = DAY_MS;
const FULL_AT_LEAST_EVERY_MS = 7 * DAY_MS;
const ASKED_AGAIN_WITHIN_MS = MINUTE_MS;
/** From so many rows on, losing half of them at once is suspicious. */
const MANY_ROWS = 1000;

/**
 * Whether all has to be read, whatever changed: nothing to go on from, a discrepancy in the list of holders, a new token,
 * too long ago, or asked twice.
 */
export function isFullPassDue(
  reading: Reading | null,
  reason: 'button' | 'schedule' | 'renewal' | 'added' | 'notification',
  now: Instant,
): boolean {
  if (reading === null || reason === 'renewal' || reason === 'added') return true;
  if (reading.assignmentsVersion === '' || isAboutHolders(reading.discrepancy)) return true;
  if (now.getTime() - reading.fullAt.getTime() >= reading.fullEveryMs) return true;
  return (
    reason === 'button' && reading.askedAt !== null && now.getTime() - reading.askedAt.getTime() < ASKED_AGAIN_WITHIN_MS
  );
}

/** Whether what doesn't fit can only be resolved by reading all holders again. */
function isAboutHolders(discrepancy: ReadingDiscrepancy | null): boolean {
  return discrepancy !== null && discrepancy.about !== 'missing' && discrepancy.about !== 'users';
}

/** Twice as long as before, up to a week, after a full pass that found nothing; a day after one that did. */
export function nextFullEveryMs(before: Reading | null, foundSomething: boolean): number {
  if (before === null || foundSomething) return FULL_EVERY_MS;
  return Math.min(FULL_AT_LEAST_EVERY_MS, before.fullEveryMs * 2);
}

/** So much less that a person should look: empty where something was, or half of very many gone. */
export function isMuchLess(before: number, now: number): boolean {
  return (before > 0 && now === 0) || (before > MANY_ROWS && now < before / 2);
}

/**
 * Whether the first page of the assets says that nothing changed. The rows are looked at besides the version: an
 * answer of the same version that lists something else is not to be trusted.
 */
export function isUnchanged(
  stored: readonly (AssetName & LicenseCounts & Pick<Asset, 'unlimited'>)[],
  storedVersion: string,
  page: AssetReading & { complete: boolean },
): boolean {
  if (page.versionId !== storedVersion || storedVersion === '' || page.evidence.kind === 'contradicts') return false;
  if (page.complete ? page.assets.length !== stored.length : page.assets.length >= stored.length) return false;
  // A count that Apple once left out may stand on a page that isn't read here, in the same version.
  if (!page.complete && stored.some(isUnknown)) return false;
  const known = new Map(stored.map((asset) => [assetKey(asset), asset]));
  return page.assets.every((asset) => {
    const old = known.get(assetKey(asset));
    return old !== undefined && sameCounts(old, asset);
  });
}

function isUnknown({ unlimited, total, assigned, available, retired }: LicenseCounts & Pick<Asset, 'unlimited'>) {
  return assigned === null || retired === null || (!unlimited && (total === null || available === null));
}

/** Licenses that Apple counts as assigned; what it doesn't count is left out. */
export function assignedSum(assets: readonly Pick<LicenseCounts, 'assigned'>[]): number {
  return assets.reduce((total, asset) => total + (asset.assigned ?? 0), 0);
}
