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

/** Everything that speaks for or against what a reading says of one asset. */
export interface AssetFacts {
  /** As stored; null: not yet. */
  known: KnownAsset | null;
  /** As Apple lists it now; null: it doesn't. */
  said: SaidAsset | null;
  /** Different holders that Apple lists; null: they agree with its count, as they were read. */
  listed: number | null;
  /** Of the list of assets. */
  assets: Evidence;
  /** Of the list of assignments. */
  assignments: Evidence;
  now: Instant;
  /** How far apart two readings are that confirm each other. */
  confirmAfterMs: number;
}

/** What to believe of it. */
export interface WeighedAsset {
  /** Null: gone. */
  asset: Asset | null;
  /** `as-known`: keep the stored counts, whatever has become of them meanwhile. */
  counts: 'as-said' | 'as-known';
  /** `add-only`: holders that Apple doesn't list keep their license. */
  holders: 'as-listed' | 'add-only';
  surplus: number;
  discrepancy: Discrepancy | null;
}

/** So long Apple's own numbers have to disagree in the same way before its list is believed against its count. */
const BELIEVED_AFTER_MS = DAY_MS;

/**
 * The one rule of what to believe. Apple's answers are whole when they prove it: the holders listed are as many as are
 * counted, and the counts add up. What a proven answer says is believed at once. Where proof is missing, what is new or
 * more is believed at once, and a loss once a second reading says the same some minutes later. Where Apple contradicts
 * itself, losses wait until it has said exactly the same for a day. Meanwhile what is known stays, and the discrepancy
 * says so.
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
  // A list that contradicts itself says nothing of what isn't on it.
  if (assets.kind === 'contradicts') return { ...kept, discrepancy: known?.discrepancy ?? null };
  const discrepancy = discrepancyOf(facts, { about: 'missing', listed: listed ?? 0, counted: null, said: null });
  // Somebody holds it: then it is there.
  if ((listed ?? 0) > 0 || !isSaidFor(discrepancy, confirmAfterMs, now)) return { ...kept, discrepancy };
  return { asset: null, counts: 'as-said', holders: 'as-listed', surplus: 0, discrepancy: null };
}

/**
 * `proven`: as many holders are listed as are counted, or the difference is an old one. `more`: nothing is counted, and
 * no fewer are listed than before. `unproven`: nothing is counted, and fewer are listed. `contradicted`: the list and the
 * count disagree.
 */
type HoldersVerdict = 'proven' | 'more' | 'unproven' | 'contradicted';

function weighHolders({ known, listed, assignments }: AssetFacts, said: SaidAsset): HoldersVerdict {
  if (listed === null) return 'proven';
  const counted = said.assigned ?? known?.assigned ?? null;
  if (counted !== null) {
    const surplus = listed - counted;
    return surplus === 0 || surplus === known?.surplus ? 'proven' : 'contradicted';
  }
  // Without a count the surplus is all that was listed.
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
  // That nothing at all is owned any more needs more proof than three zeros that add up.
  const isEmptied = asset.total === 0 && known.total !== null && known.total > 0;
  const isProven = isContradicted ? sum === 'right' && !isLess : !isLess || (sum === 'right' && !isEmptied);
  return { asset: isProven ? asset : known, isProven };
}

/** Of a new asset what can't be is left unknown. */
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

/** Whether the total is what is assigned, available, and retired (inferred from every sample, nowhere said). */
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
