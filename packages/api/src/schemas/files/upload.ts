import { z } from 'zod';
import { Id, Instant } from '../common.ts';
import { TokenRef } from '../health.ts';

/** An address for the one person who can download the file. Its secret is shown once, when it is created. */
export const UploadLink = z
  .object({
    id: Id,
    createdAt: Instant,
    createdBy: z.string(),
    expiresAt: Instant,
    autoConfirm: z.boolean().describe('A file that opens the same location renews at once.'),
    state: z.enum(['open', 'used', 'expired', 'revoked']),
  })
  .meta({ id: 'UploadLink' });
export type UploadLink = z.output<typeof UploadLink>;

/** A file that a customer uploaded and that waits for an admin. */
export const UploadWaiting = z
  .object({ id: Id, tokenId: Id, fileName: z.string().nullable(), uploadedAt: Instant })
  .meta({ id: 'UploadWaiting' });
export type UploadWaiting = z.output<typeof UploadWaiting>;

/** The same, with the token that it would renew. */
export const LocatedUpload = UploadWaiting.extend({
  ...TokenRef.shape,
  locationName: z.string().nullable(),
}).meta({ id: 'LocatedUpload' });
export type LocatedUpload = z.output<typeof LocatedUpload>;

/** Everything that an upload page shows. */
export const UploadPage = z
  .object({
    locationName: z.string().nullable().describe('Null while Apple has not named the location.'),
    kind: z.enum(['business', 'school']).nullable(),
    portal: z.string(),
    expiresAt: Instant,
  })
  .meta({ id: 'UploadPage' });
export type UploadPage = z.output<typeof UploadPage>;
