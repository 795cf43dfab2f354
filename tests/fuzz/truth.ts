import type { AppleControl } from '@winesap/testkit';

/** Counts as they are, or as shown: null is unknown, or without a number. */
export interface Counts {
  total: number | null;
  assigned: number | null;
  available: number | null;
  retired: number | null;
}

/** A location as it really was at one moment. */
export interface Truth {
  /** By `adamId pricingParam`. */
  assets: ReadonlyMap<string, Counts>;
  /** `adamId pricingParam holder`. */
  held: ReadonlySet<string>;
  /** By clientUserId: the status of the active registration, or of the last one. */
  users: ReadonlyMap<string, string>;
}

interface TrueAsset {
  adamId: string;
  pricingParam: string;
  totalCount: number | null;
  assignedCount: number;
  availableCount: number | null;
  retiredCount: number;
}

export const keyOf = ({ adamId, pricingParam }: { adamId: string; pricingParam: string }) =>
  `${adamId} ${pricingParam}`;

/** Asks the simulator directly, bypassing its faults. */
export async function readTruth(apple: AppleControl, uId: string): Promise<Truth> {
  const [{ assets }, rows] = await Promise.all([apple.state(uId), apple.rows(uId)]);
  const users = new Map<string, string>();
  for (const { clientUserId, status } of rows.users) {
    const isActive = status === 'Registered' || status === 'Associated';
    if (isActive || !users.has(clientUserId)) users.set(clientUserId, status);
  }
  return {
    assets: new Map(
      (assets as unknown as TrueAsset[]).map((asset) => [
        keyOf(asset),
        {
          total: asset.totalCount,
          assigned: asset.assignedCount,
          available: asset.availableCount,
          retired: asset.retiredCount,
        },
      ]),
    ),
    held: new Set(rows.assignments.map((row) => `${keyOf(row)} ${row.serialNumber ?? row.clientUserId}`)),
    users,
  };
}

/** Everything that was true since the last moment at which everything shown was true. */
export class TruthHistory {
  #moments: { at: number; truth: Truth }[] = [];
  readonly #ever = new Set<string>();
  /** How many licenses were released since this began. */
  unassigned = 0;
  /**
   * How many users retired, including before this began: if Apple left out a user who is later listed as retired, the
   * time is unknown.
   */
  retired = 0;

  add(truth: Truth, at: number): void {
    const before = this.#moments.at(-1)?.truth;
    this.#moments.push({ at, truth });
    for (const row of before?.held ?? []) if (!truth.held.has(row)) this.unassigned += 1;
    for (const [id, status] of truth.users)
      if (status === 'Retired' && before?.users.get(id) !== status) this.retired += 1;
    for (const { available, total } of truth.assets.values()) this.#ever.add(`${available} of ${total}`);
  }

  /** Whether an asset ever had this many licenses left of this many. */
  hadLeft(available: number, total: number): boolean {
    return this.#ever.has(`${available} of ${total}`);
  }

  get all(): readonly Truth[] {
    return this.#moments.map(({ truth }) => truth);
  }

  get last(): Truth {
    const last = this.#moments.at(-1);
    if (last === undefined) throw new Error('Nothing is known of this location yet.');
    return last.truth;
  }

  /** Drops what was true before that moment and may no longer be shown. */
  forgetBefore(at: number): void {
    const first = this.#moments.findLastIndex((moment) => moment.at <= at);
    if (first > 0) this.#moments = this.#moments.slice(first);
  }
}
