import { readPage } from '../paging/page.ts';
import type { Fields } from '../read/fields.ts';
import type { Open, Unread } from '../read/trailer.ts';
import type { PricingParam } from './asset.ts';

export type UserStatus = Open<'Registered' | 'Associated' | 'Retired' | 'Deleted'>;

/**
 * One license held by one user or one device. Its key is `adamId`, `pricingParam`, and the holder; exactly one of
 * `clientUserId` and `serialNumber` is set in every sample.
 * Source: assignment (documented).
 */
export interface Assignment extends Unread {
  readonly adamId: string;
  /** `STDQ` when Apple leaves it out. */
  readonly pricingParam: PricingParam;
  readonly clientUserId: string | null;
  readonly serialNumber: string | null;
  /** Only with `includeUserState`. */
  readonly idHash: string | null;
  /** Only with `includeUserState`. */
  readonly userStatus: UserStatus | null;
}

export function readAssignment(row: Fields): Assignment {
  return {
    adamId: row.needText('adamId'),
    pricingParam: row.text('pricingParam') ?? 'STDQ',
    clientUserId: row.text('clientUserId'),
    serialNumber: row.text('serialNumber'),
    idHash: row.text('idHash'),
    userStatus: row.text('userStatus'),
    ...row.rest(),
  };
}

export function readAssignmentsPage(answer: Fields, askedIndex: number) {
  return readPage(answer, askedIndex, answer.rows('assignments', readAssignment));
}

/** Returns a key that is the same for the same license and holder. */
export function assignmentKey(
  row: Pick<Assignment, 'adamId' | 'pricingParam' | 'clientUserId' | 'serialNumber'>,
): string {
  const holder = row.serialNumber === null ? `user ${row.clientUserId}` : `device ${row.serialNumber}`;
  return `${row.adamId} ${row.pricingParam} ${holder}`;
}
