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

/** How a location was read: in full, or only what changed since the last time. */
export type ReadingKind = 'full' | 'changes';

/** The state of a location's data, from which an incremental scan continues. */
export interface Reading {
  assetsVersion: string;
  assignmentsVersion: string;
  /** Assignments stored, counted by the store. */
  held: number;
  /** The sum of it over all assets. */
  surplus: number;
  /** Why the next scan can't build on this reading; null: it can. */
  discrepancy: ReadingDiscrepancy | null;
  fullAt: Instant;
  /** How long the last full scan is valid. */
  fullEveryMs: number;
  /** When a scan requested by a person last read only changes; null once a full scan has followed. */
  askedAt: Instant | null;
}

/** A discrepancy in brief: the first one found, with both numbers. */
export interface ReadingDiscrepancy {
  about: Discrepancy['about'] | 'list' | 'users';
  /** The number of assets concerned. */
  assets: number;
  /** How many are listed, or arrived. */
  listed: number | null;
  /** How many are counted, or announced. */
  counted: number | null;
}

/** The assets of one version, as Apple lists them, each once. */
export interface AssetReading {
  /** Empty if Apple left it out. */
  versionId: string;
  assets: SaidAsset[];
  evidence: Evidence;
}

const FULL_EVERY_MS = DAY_MS;
const FULL_AT_LEAST_EVERY_MS = 7 * DAY_MS;
const ASKED_AGAIN_WITHIN_MS = MINUTE_MS;
/** From this many rows on, losing half of them at once is suspicious. */
const MANY_ROWS = 1000;

/**
 * Whether everything has to be read, whatever changed: there is nothing to continue from, the list of holders has a
 * discrepancy, the token is new, the last full scan is too old, or a person requested two scans in a row.
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

/** Whether the discrepancy can only be resolved by reading all holders again. */
function isAboutHolders(discrepancy: ReadingDiscrepancy | null): boolean {
  return discrepancy !== null && discrepancy.about !== 'missing' && discrepancy.about !== 'users';
}

/**
 * Returns twice the previous interval, up to a week, after a full scan that found nothing; a day after one that did.
 */
export function nextFullEveryMs(before: Reading | null, foundSomething: boolean): number {
  if (before === null || foundSomething) return FULL_EVERY_MS;
  return Math.min(FULL_AT_LEAST_EVERY_MS, before.fullEveryMs * 2);
}

/** Whether so much is gone that a person should look: everything, or half of very many. */
export function isMuchLess(before: number, now: number): boolean {
  return (before > 0 && now === 0) || (before > MANY_ROWS && now < before / 2);
}

/**
 * Whether the first page of the assets shows that nothing changed. Besides the version, the rows are compared: an
 * answer with the same version but different rows is not trusted.
 */
export function isUnchanged(
  stored: readonly (AssetName & LicenseCounts & Pick<Asset, 'unlimited'>)[],
  storedVersion: string,
  page: AssetReading & { complete: boolean },
): boolean {
  if (page.versionId !== storedVersion || storedVersion === '' || page.evidence.kind === 'contradicts') return false;
  if (page.complete ? page.assets.length !== stored.length : page.assets.length >= stored.length) return false;
  // A count that Apple left out earlier may be on a page that isn't read here, in the same version.
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

/** Returns the licenses that Apple counts as assigned. Assets without a count are left out. */
export function assignedSum(assets: readonly Pick<LicenseCounts, 'assigned'>[]): number {
  return assets.reduce((total, asset) => total + (asset.assigned ?? 0), 0);
}
