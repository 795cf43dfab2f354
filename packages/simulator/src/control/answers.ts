import type { FaultOptions } from '../faults/fault-kind.ts';
import type { FaultName } from '../faults/fault-table.ts';
import type { PricingParam, ProductType } from '../world/assets/asset.ts';
import type { LocationKind, MdmInfo } from '../world/location.ts';
import type { TokenState } from '../world/token.ts';
import type { UserStatus } from '../world/users/user.ts';

export interface LocationRow {
  readonly uId: string;
  readonly orgName: string;
  readonly locationName: string;
  readonly countryISO2ACode: string;
  readonly kind: LocationKind;
  /** Accounts that end in `@` and this are of the organization. */
  readonly managedDomain: string;
  readonly tokens: readonly { number: number; appleId: string; expiresAt: string; state: TokenState }[];
  /** How many there are. */
  readonly assets: number;
}

/** Licenses of one asset. */
export interface AssetCounts {
  readonly adamId: string;
  readonly pricingParam: PricingParam;
  readonly productType: ProductType;
  readonly unlimited: boolean;
  readonly totalCount: number;
  readonly assignedCount: number;
  readonly availableCount: number;
}

/** One location as it truly is, without secrets. Counts of unlimited assets are null. */
export interface LocationState extends Omit<LocationRow, 'assets'> {
  readonly assets: readonly (Omit<AssetCounts, 'totalCount' | 'availableCount'> & {
    readonly totalCount: number | null;
    readonly availableCount: number | null;
    readonly retiredCount: number;
    readonly deviceAssignable: boolean;
    readonly revocable: boolean;
  })[];
  readonly assignments: number;
  readonly users: { readonly total: number; readonly active: number };
  readonly versions: { readonly assets: string; readonly assignments: string; readonly users: string };
  readonly subscriptions: readonly { readonly adamId: number; readonly counts: SeatCounts }[];
  readonly claim: MdmInfo | null;
  readonly notifications: { readonly url: string | null; readonly types: readonly string[] };
  readonly usedWithV2: boolean;
}

type Seats = { readonly renewing: number; readonly expiring: number };
export type SeatCounts = { readonly assigned: Seats; readonly available: Seats; readonly total: Seats };

/** Every row of a location as it truly is, whatever faults say. */
export interface LocationRows {
  readonly assignments: readonly {
    readonly adamId: string;
    readonly pricingParam: PricingParam;
    readonly serialNumber?: string;
    readonly clientUserId?: string;
  }[];
  readonly users: readonly {
    readonly clientUserId: string;
    readonly status: UserStatus;
    readonly email: string | null;
  }[];
}

interface Meter {
  readonly total: number;
  readonly maxAtOnce: number;
  readonly maxPerSecond: number;
}

/** What was asked of Apple's side since the start or the last clearing. */
export interface RequestReport extends Meter {
  /** `GET /mdm/v2/assets` → how often. */
  readonly byPath: Readonly<Record<string, number>>;
  readonly byLocation: Readonly<Record<string, Meter & { readonly writes: number }>>;
  /** The last thousand, oldest first. */
  readonly last: readonly {
    readonly at: string;
    readonly method: string;
    readonly path: string;
    readonly query: string;
    /** 0 where none was sent. */
    readonly status: number;
    readonly errorNumber?: number;
    readonly ms: number;
  }[];
}

export interface NotificationRow {
  readonly notificationId: string;
  readonly notificationType: string;
  readonly uId: string;
  readonly url: string;
  readonly notification: Readonly<Record<string, unknown>>;
  /** The status of each answer, or why there was none. */
  readonly attempts: readonly { readonly at: string; readonly answer: number | string }[];
  readonly state: 'waiting' | 'delivered' | 'given-up' | 'dropped';
}

export interface EventState {
  readonly eventId: string;
  readonly uId: string;
  readonly type: string;
  readonly status: 'PENDING' | 'COMPLETE' | 'FAILED';
  readonly acceptedAt: string;
  readonly endedAt: string | null;
  readonly stuck: boolean;
  readonly tasks: readonly {
    readonly asset?: { readonly adamId: string; readonly pricingParam?: string };
    readonly clientUserId?: string;
    readonly serialNumber?: string;
    readonly outcome: 'pending' | 'done' | 'failed';
    readonly errorNumber?: number;
  }[];
}

export interface FaultList {
  readonly faults: readonly {
    readonly name: FaultName;
    readonly means: string;
    readonly options: FaultOptions;
    readonly choices: Readonly<Record<string, readonly string[]>>;
  }[];
  readonly active: readonly {
    readonly id: string;
    readonly name: FaultName;
    readonly uId?: string;
    readonly path?: string;
    readonly times?: number;
    readonly options: FaultOptions;
    readonly struck: number;
  }[];
}
