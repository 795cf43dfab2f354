import type { Inspection } from '@winesap/api';
import { daysLeftWords, shortDate } from '@winesap/api/words';
import { factLines } from './facts.ts';

/** Shows what a file opens, for a person to recognize before it is added. */
export function inspectionLines({ file, identity }: Inspection, now: Date): string[] {
  const expiresAt = identity.expiresAt ?? file.expiresAt;
  const days = expiresAt === null ? null : Math.floor((Date.parse(expiresAt) - now.getTime()) / 86_400_000);
  return factLines([
    ['Identification number', identity.uId],
    ['Name', identity.locationName ?? 'not known'],
    ['Apple ID', identity.appleId ?? 'not known'],
    ['Organization', identity.organizationName ?? file.organizationName ?? 'not known'],
    ['Country', identity.country],
    ['Expires', expiresAt && `${shortDate(expiresAt)} (${daysLeftWords(days)})`],
    [
      'Managed by',
      identity.claim.words + (identity.claim.state === 'foreign' ? ` (claim id ${identity.claim.id})` : ''),
    ],
  ]);
}
