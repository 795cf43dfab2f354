import type { Random } from '../random.ts';
import { AssetBook } from './assets/asset-book.ts';
import { AssignmentTable } from './assets/assignment-table.ts';
import { CountHistory } from './assets/count-history.ts';
import { Holders } from './assets/holders.ts';
import type { Organization } from './organization.ts';
import { SubscriptionBook } from './subscriptions/subscription-book.ts';
import { UserBook } from './users/user-book.ts';
import { Versions } from './versions.ts';

export type LocationKind = 'business' | 'school';

export interface MdmInfo {
  readonly id: string;
  readonly name: string;
  readonly metadata: string;
}

/** What a client configured about notifications. */
export interface NotificationConfig {
  readonly url: string | undefined;
  readonly authToken: string | undefined;
  readonly types: readonly string[];
}

/** An assignment that was removed, for the switch that shows removals in deltas. */
export interface RemovedAssignment {
  readonly version: number;
  readonly asset: number;
  readonly holder: number;
}

/** One organizational unit with everything Apple knows about it. */
export interface Location {
  readonly uId: string;
  readonly locationId: number;
  readonly organization: Organization;
  locationName: string;
  countryISO2ACode: string;
  readonly kind: LocationKind;
  mdmInfo: MdmInfo | undefined;
  notifications: NotificationConfig;
  /** From the first authenticated v2 request on, version 1 clients read a fixed note instead of their context. */
  usedWithV2: boolean;
  clientContext: string;
  readonly versions: Versions;
  readonly assets: AssetBook;
  readonly countHistory: CountHistory;
  readonly holders: Holders;
  readonly assignments: AssignmentTable;
  readonly removed: RemovedAssignment[];
  readonly users: UserBook;
  readonly subscriptions: SubscriptionBook;
}

export interface NewLocation {
  readonly uId: string;
  readonly locationId: number;
  readonly organization: Organization;
  readonly locationName: string;
  readonly countryISO2ACode: string;
  readonly kind: LocationKind;
  readonly salt: number;
  readonly random: Random;
}

export function createLocation(given: NewLocation): Location {
  const { salt, random, ...rest } = given;
  const versions = new Versions(given.uId, salt);
  const holders = new Holders();
  return {
    ...rest,
    mdmInfo: undefined,
    notifications: { url: undefined, authToken: undefined, types: [] },
    usedWithV2: false,
    clientContext: '',
    versions,
    assets: new AssetBook(),
    countHistory: new CountHistory(),
    holders,
    assignments: new AssignmentTable(),
    removed: [],
    users: new UserBook(holders, versions, random),
    subscriptions: new SubscriptionBook(),
  };
}

/** What client config says about the portal the location belongs to. */
export const portalOf: Record<LocationKind, { defaultPlatform: string; websiteURL: string }> = {
  school: { defaultPlatform: 'volumestore', websiteURL: 'https://school.apple.com' },
  business: { defaultPlatform: 'enterprisestore', websiteURL: 'https://business.apple.com' },
};
