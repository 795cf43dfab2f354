import { z } from 'zod';
import { Id, Instant } from './common.ts';
import { Claim, Health, TokenRef } from './health.ts';
import { Scan } from './scan.ts';

export const Mode = z
  .enum(['watch', 'manage'])
  .describe('watch: Winesap only ever reads the location. manage: it holds the claim.')
  .meta({ id: 'Mode' });
export type Mode = z.output<typeof Mode>;

/** Whom a token belongs to, according to Apple. `null` where Apple didn't say (the v1 read is best effort). */
export const Identity = z
  .object({
    uId: z.string().describe('Identification number of the location, for ever.'),
    locationName: z.string().nullable(),
    appleId: z.string().nullable(),
    email: z.string().nullable(),
    organizationName: z.string().nullable().describe('As the token file names it.'),
    appleOrganizationId: z.string().nullable(),
    country: z.string().nullable(),
    kind: z.enum(['business', 'school']).nullable(),
    websiteUrl: z.string().nullable(),
    expiresAt: Instant.nullable(),
    claim: Claim,
  })
  .meta({ id: 'Identity' });
export type Identity = z.output<typeof Identity>;

const DaysLeft = z
  .number()
  .int()
  .nullable()
  .describe('Whole days until expiry, rounded down: −1 during the first day after it.');

export const ContentToken = TokenRef.extend({
  identity: Identity,
  mode: Mode,
  version: z.number().int().describe('Grows with every renewal; a preview holds for one version.'),
  fileName: z.string().nullable(),
  daysLeft: DaysLeft,
  health: Health,
  tokenInheritance: z.boolean().describe('Children of the policy use this token too.'),
  addedAt: Instant,
  addedBy: z.string(),
  renewedAt: Instant.nullable(),
  renewedBy: z.string().nullable(),
  lastSyncAt: Instant.nullable().describe('End of the last successful scan.'),
  assets: z.number().int().nullable().describe('Null until a reading proves itself.'),
  lowAssets: z.number().int().describe('Assets that are low on licenses.'),
  assignments: z.number().int().nullable().describe('Null until a reading proves itself.'),
  scan: Scan.nullable().describe('The scan under way, else the last one.'),
  expiryDays: z
    .array(z.number().int())
    .nullable()
    .describe('Its own reminder days before expiry; null: those of the rules.'),
}).meta({ id: 'ContentToken' });
export type ContentToken = z.output<typeof ContentToken>;

/** A row of the overview and of `winesap tokens list`. */
export const TokenRow = TokenRef.extend({
  uId: z.string(),
  locationName: z.string(),
  appleId: z.string().nullable(),
  mode: Mode,
  health: Health,
  expiresAt: Instant.nullable(),
  daysLeft: DaysLeft,
  lastSyncAt: Instant.nullable(),
  assets: z.number().int().nullable().describe('Null until a reading proves itself.'),
  lowAssets: z.number().int().describe('Assets that are low on licenses.'),
  scanning: z.boolean(),
}).meta({ id: 'TokenRow' });
export type TokenRow = z.output<typeof TokenRow>;

/** What removing a token would do, shown before it is done. */
export const RemovalPreview = z
  .object({
    tokenId: Id,
    locationName: z.string().describe('To be typed to confirm.'),
    assets: z.number().int().nullable().describe('Null: it was never read.'),
    assignments: z.number().int().nullable().describe('Null: it was never read.'),
    readAt: Instant.nullable().describe('When these numbers were read.'),
    usedBy: z.array(z.object({ policyId: Id, policyName: z.string() })).describe('Children that inherit it.'),
    claim: Claim,
    canReleaseClaim: z.boolean(),
    willNot: z.array(z.string()),
    will: z.array(z.string()),
  })
  .meta({ id: 'RemovalPreview' });
export type RemovalPreview = z.output<typeof RemovalPreview>;

export const RemovalResult = z
  .object({
    tokenId: Id,
    claim: z
      .enum(['kept', 'released', 'not-released'])
      .describe('not-released: Apple still shows our claim; the event says what it answered.'),
    text: z.string(),
  })
  .meta({ id: 'RemovalResult' });
