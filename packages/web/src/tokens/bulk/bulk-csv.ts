import { changedFields, licenseWords } from '@winesap/api/words';
import { csvText } from '../../lists/csv.ts';
import { type Judged, locationOf } from './bulk-file.ts';

const COLUMNS = [
  'file',
  'result',
  'location',
  'identificationNumber',
  'organization',
  'policy',
  'expiredBefore',
  'expiresNow',
  'changes',
  'licenses',
  'problem',
  'detail',
];

/** What became of each file, for the record. */
export function bulkCsv(files: readonly Judged[]): string {
  return csvText(
    COLUMNS,
    files.map((file) => {
      const { preview, inspection, problem, verdict } = file;
      const heldBy = inspection?.heldBy ?? null;
      return [
        file.name,
        RESULT[verdict],
        locationOf(file),
        (preview?.stored ?? inspection?.identity)?.uId ?? null,
        heldBy?.organizationName ?? null,
        heldBy?.policyName ?? null,
        preview?.stored.expiresAt ?? null,
        (preview?.fresh ?? inspection?.identity)?.expiresAt ?? null,
        preview === null ? null : changedFields(preview).join(', '),
        preview === null ? null : licenseWords(preview),
        problem?.title ?? null,
        problem?.detail ?? null,
      ];
    }),
  );
}

const RESULT: Record<Judged['verdict'], string> = {
  looking: 'not looked at yet',
  ready: 'not renewed yet',
  renewing: 'not renewed yet',
  renewed: 'renewed',
  added: 'added',
  problem: 'not used',
  'not-held': 'not used',
};
