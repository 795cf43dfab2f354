import { DAY_MS, type Instant } from '../instant.ts';
import type { Evidence } from '../list-evidence.ts';
import {
  type Asset,
  type Discrepancy,
  filledAsset,
  type KnownAsset,
  type LicenseCounts,
  type SaidAsset,
  sameCounts,
} from './asset.ts';

/** Everything that supports or contradicts a reading of one asset. */
export interface AssetFacts {
  /** As stored; null: not stored yet. */
  known: KnownAsset | null;
  /** As Apple lists it now; null: Apple doesn't list it. */
  said: SaidAsset | null;
  /** The number of different holders that Apple lists; null: it matched Apple's count when it was read. */
  listed: number | null;
  /** Evidence from the list of assets. */
  assets: Evidence;
  /** Evidence from the list of assignments. */
  assignments: Evidence;
  now: Instant;
  /** The minimum time between two readings that confirm each other. */
  confirmAfterMs: number;
}

/** What Winesap accepts about an asset. */
export interface WeighedAsset {
  /** Null: gone. */
  asset: Asset | null;
  /** `as-known`: keep the stored counts, even if they changed during the scan. */
  counts: 'as-said' | 'as-known';
  /** `add-only`: holders that Apple doesn't list keep their license. */
  holders: 'as-listed' | 'add-only';
  surplus: number;
  discrepancy: Discrepancy | null;
}

/** How long Apple's own numbers have to disagree in the same way before its list is believed over its count. */
const BELIEVED_AFTER_MS = DAY_MS;

/**
 * The one rule about what to believe. An answer is proven when as many holders are listed as are counted and the counts
 * add up. A proven answer is believed immediately. Without proof, additions are believed immediately, and losses once a
 * second reading confirms them some minutes later. If Apple contradicts itself, losses wait until it has said exactly
 * the same for a day. Until then the stored data stays, together with the discrepancy.
 */
export function weighAsset(facts: AssetFacts): WeighedAsset {
  const { known, said } = facts;
  if (said === null) return weighMissing(facts);
  const holders = weighHolders(facts, said);
  const counts = weighCounts(known, said, holders, facts.listed);
  const isSettled = holders !== 'unproven' && holders !== 'contradicted' && counts.isProven;
  const asListed: WeighedAsset = {
    asset: counts.asset,
    counts: counts.asset === known ? 'as-known' : 'as-said',
    holders: holders === 'more' ? 'add-only' : 'as-listed',
    surplus: surplusOf(facts, counts.asset),
    discrepancy: null,
  };
  if (isSettled) return asListed;

  const discrepancy = discrepancyOf(facts, {
    about: holders === 'contradicted' || holders === 'unproven' ? 'holders' : 'counts',
    listed: facts.listed,
    counted: said.assigned ?? known?.assigned ?? null,
    said: countsOf(said),
  });
  const waitMs = holders === 'contradicted' ? BELIEVED_AFTER_MS : facts.confirmAfterMs;
  if (isSaidFor(discrepancy, waitMs, facts.now)) {
    const asset = filledAsset(said, known);
    return { ...asListed, asset, counts: 'as-said', holders: 'as-listed', surplus: surplusOf(facts, asset) };
  }
  return { ...asListed, holders: 'add-only', surplus: known?.surplus ?? 0, discrepancy };
}

function weighMissing(facts: AssetFacts): WeighedAsset {
  const { known, listed, assets, now, confirmAfterMs } = facts;
  const kept = {
    asset: known,
    counts: 'as-known',
    holders: 'add-only',
    surplus: known?.surplus ?? 0,
  } as const;
  // A list that contradicts itself proves nothing about what it leaves out.
  if (assets.kind === 'contradicts') return { ...kept, discrepancy: known?.discrepancy ?? null };
  const discrepancy = discrepancyOf(facts, { about: 'missing', listed: listed ?? 0, counted: null, said: null });
  // It has holders, so it exists.
  if ((listed ?? 0) > 0 || !isSaidFor(discrepancy, confirmAfterMs, now)) return { ...kept, discrepancy };
  return { asset: null, counts: 'as-said', holders: 'as-listed', surplus: 0, discrepancy: null };
}

/**
 * `proven`: as many holders are listed as are counted, or the difference is an old one. `more`: there is no count, and
 * no fewer holders are listed than before. `unproven`: there is no count, and fewer are listed. `contradicted`: the
 * list and the count disagree.
 */
type HoldersVerdict = 'proven' | 'more' | 'unproven' | 'contradicted';

function weighHolders({ known, listed, assignments }: AssetFacts, said: SaidAsset): HoldersVerdict {
  if (listed === null) return 'proven';
  const counted = said.assigned ?? known?.assigned ?? null;
  if (counted !== null) {
    const surplus = listed - counted;
    return surplus === 0 || surplus === known?.surplus ? 'proven' : 'contradicted';
  }
  // Without a count, the surplus is everything that was listed.
  if (listed >= (known?.surplus ?? 0)) return 'more';
  return assignments.kind === 'contradicts' ? 'contradicted' : 'unproven';
}

function weighCounts(
  known: KnownAsset | null,
  said: SaidAsset,
  holders: HoldersVerdict,
  listed: number | null,
): { asset: Asset; isProven: boolean } {
  const sum = sumOf(said);
  if (known === null) return firstCounts(said, holders, listed, sum);
  const asset = filledAsset(said, known);
  if (sameCounts(asset, known)) return { asset, isProven: true };
  const isContradicted = holders === 'contradicted';
  const isLess =
    isLower(asset.total, known.total) ||
    (holders !== 'proven' && isLower(asset.assigned, known.assigned)) ||
    (sum !== 'right' && isLower(asset.available, known.available));
  // Three zeros add up, but a total loss needs more proof than that.
  const isEmptied = asset.total === 0 && known.total !== null && known.total > 0;
  const isProven = isContradicted ? sum === 'right' && !isLess : !isLess || (sum === 'right' && !isEmptied);
  return { asset: isProven ? asset : known, isProven };
}

/** Returns a new asset with its impossible counts set to unknown. */
function firstCounts(fresh: SaidAsset, holders: HoldersVerdict, listed: number | null, sum: Sum) {
  const said = filledAsset(fresh, null);
  if (holders === 'contradicted' && (sum === 'wrong' || isLower(said.assigned, listed))) {
    const isOwned = said.total !== null && said.total > 0 && said.total >= (listed ?? 0);
    return { asset: { ...said, total: isOwned ? said.total : null, assigned: null, available: null }, isProven: true };
  }
  if (sum !== 'wrong') return { asset: said, isProven: true };
  return { asset: { ...said, total: null, available: null, retired: null }, isProven: false };
}

type Sum = 'right' | 'wrong' | 'unknown';

/** Whether the total equals assigned, available, and retired licenses (inferred from every sample, not documented). */
function sumOf({
  unlimited,
  total,
  assigned,
  available,
  retired,
}: Pick<Asset, 'unlimited' | keyof LicenseCounts>): Sum {
  if (unlimited) return 'right';
  if (total === null || assigned === null || available === null || retired === null) return 'unknown';
  return total === assigned + available + retired ? 'right' : 'wrong';
}

function surplusOf({ known, listed }: AssetFacts, asset: Asset): number {
  return listed === null ? (known?.surplus ?? 0) : listed - (asset.assigned ?? 0);
}

function discrepancyOf({ known, now }: AssetFacts, fresh: Omit<Discrepancy, 'since' | 'sameSince'>): Discrepancy {
  const before = known?.discrepancy ?? null;
  if (before === null) return { ...fresh, since: now, sameSince: now };
  const isSame =
    before.about === fresh.about &&
    before.listed === fresh.listed &&
    before.counted === fresh.counted &&
    (before.said === null) === (fresh.said === null) &&
    (before.said === null || fresh.said === null || sameCounts(before.said, fresh.said));
  return { ...fresh, since: before.since, sameSince: isSame ? before.sameSince : now };
}

function isSaidFor({ sameSince }: Discrepancy, waitMs: number, now: Instant): boolean {
  return now.getTime() - sameSince.getTime() >= waitMs;
}

function countsOf({ total, assigned, available, retired }: LicenseCounts): LicenseCounts {
  return { total, assigned, available, retired };
}

function isLower(now: number | null, before: number | null): boolean {
  return now !== null && before !== null && now < before;
}
