import { z } from 'zod';
import { Id, Instant } from '../common.ts';
import { TokenRef } from '../health.ts';
import { ContentToken, Identity } from '../token.ts';

/** What the file itself says. Contains no secrets. */
export const TokenFile = z
  .object({
    name: z.string().nullable(),
    bytes: z.number().int(),
    fingerprint: z.string().describe('Names this very file without giving it away; a Save repeats it.'),
    organizationName: z.string().nullable(),
    expiresAt: Instant.nullable(),
  })
  .meta({ id: 'TokenFile' });
export type TokenFile = z.output<typeof TokenFile>;

/** A file that was checked with Apple. Nothing is stored. */
export const Inspection = z
  .object({
    file: TokenFile,
    identity: Identity,
    heldBy: TokenRef.nullable().describe('The token of Winesap that opens this location already: renew that one.'),
  })
  .meta({ id: 'Inspection' });
export type Inspection = z.output<typeof Inspection>;

const ChangedCounts = z.object({
  total: z.number().int().nullable(),
  assigned: z.number().int().nullable(),
  available: z.number().int().nullable(),
});

export const AssetChange = z
  .object({
    adamId: z.string(),
    pricingParam: z.string(),
    name: z.string().nullable(),
    kind: z.enum(['new', 'gone', 'changed']),
    stored: ChangedCounts.nullable(),
    fresh: ChangedCounts.nullable(),
  })
  .meta({ id: 'AssetChange' });
export type AssetChange = z.output<typeof AssetChange>;

export const IdentityRow = z
  .object({
    field: z.enum(['uId', 'locationName', 'appleId', 'organizationName', 'country', 'expiresAt', 'claim']),
    label: z.string().describe('Identification number'),
    stored: z.string().nullable(),
    fresh: z.string().nullable(),
    change: z.enum(['same', 'changed', 'wrong', 'not-known']),
  })
  .meta({ id: 'IdentityRow' });
export type IdentityRow = z.output<typeof IdentityRow>;

/** What a renewal would do. Nothing is stored, and Apple is only read. */
export const RenewalPreview = z
  .object({
    tokenId: Id,
    tokenVersion: z.number().int(),
    file: TokenFile,
    stored: Identity,
    fresh: Identity,
    rows: z.array(IdentityRow),
    verdict: z
      .enum(['ready', 'needs-consent', 'refused'])
      .describe('needs-consent: possible, but only with acceptOlder=true (the new file expires earlier).'),
    refusal: z
      .object({ code: z.string(), title: z.string(), detail: z.string() })
      .nullable()
      .describe('Why not, or why consent is needed.'),
    otherToken: TokenRef.nullable().describe('On a mismatch: the token of Winesap that this file does belong to.'),
    dryRun: z
      .object({
        storedAssets: z.number().int(),
        freshAssets: z.number().int(),
        added: z.number().int(),
        gone: z.number().int(),
        changed: z.number().int(),
        changes: z.array(AssetChange).describe('At most 200, new and gone first.'),
        discrepancy: z
          .string()
          .nullable()
          .describe('What doesn’t fit in Apple’s answer: what it leaves out isn’t counted as gone.'),
        readAt: Instant.nullable().describe('When the stored numbers were read.'),
      })
      .nullable()
      .describe('Null when refused, or when Apple did not give the assets in time: then `dryRunMissing` says why.'),
    dryRunMissing: z.string().nullable(),
    promise: z.string().describe('Renewing changes no assignment and removes no app from any device.'),
  })
  .meta({ id: 'RenewalPreview' });
export type RenewalPreview = z.output<typeof RenewalPreview>;

export const Saved = z.object({ token: ContentToken, text: z.string() }).meta({ id: 'Saved' });
export type Saved = z.output<typeof Saved>;
