import { z } from 'zod';
import { Id, Instant } from './common.ts';

export const TokenState = z
  .enum([
    'healthy',
    'expiring',
    'expired',
    'revoked',
    'invalid',
    'not-permitted',
    'other-location',
    'claimed-elsewhere',
    'terms',
    'locked',
    'refused',
    'checking',
    'throttled',
    'unreachable',
    'unknown',
  ])
  .meta({ id: 'TokenState' });
export type TokenState = z.output<typeof TokenState>;

/**
 * How a person sorts states: broken is red, soon is amber, unknown is an alarm of its own. Checking isn't an alarm yet,
 * because Apple has not confirmed its refusal.
 */
export const Severity = z.enum(['broken', 'soon', 'unknown', 'checking', 'ok']).meta({ id: 'Severity' });
export type Severity = z.output<typeof Severity>;

/** Apple's answer, stored unchanged, and the one line that quotes it. */
export const AppleSaid = z
  .object({
    httpStatus: z.number().int().nullable(),
    errorNumber: z.number().int().nullable(),
    errorMessage: z.string().nullable(),
    doing: z.string().describe('What Winesap was doing: retrieving token assets'),
    line: z.string().describe('401 - error while retrieving token assets || 9625 - The server has revoked the sToken.'),
    at: Instant,
  })
  .meta({ id: 'AppleSaid' });
export type AppleSaid = z.output<typeof AppleSaid>;

/** One state, one cause, one next step. */
const HealthFact = z.object({
  state: TokenState,
  severity: Severity,
  label: z.string().describe('The state in a word or two: Revoked'),
  brief: z.string().describe('The cause in a handful of words, for lists: password was probably reset.'),
  title: z.string().describe('Apple has revoked this token.'),
  cause: z.string().describe('What usually lies behind it.'),
  consequence: z.string().describe('What doesn’t work until this is fixed; empty when everything works.'),
  nextStep: z.object({
    kind: z.enum([
      'none',
      'renew',
      'decide-claim',
      'accept-terms',
      'give-role',
      'wait',
      'check-account',
      'update',
      'check-connection',
    ]),
    text: z.string(),
  }),
});
export type HealthFact = z.output<typeof HealthFact>;

export const Health = HealthFact.extend({
  also: HealthFact.nullable().describe(
    'Expiry, where the state hides it: Apple can’t be reached, and 11 days are left.',
  ),
  apple: AppleSaid.nullable().describe('Of the last refusal; null while healthy.'),
  eventId: z.string().nullable().describe('The event that tells of this state.'),
  since: Instant,
  lastCheckedAt: Instant.nullable(),
  lastSuccessAt: Instant.nullable().describe('Apple last answered this token without an error.'),
  nextCheckAt: Instant.nullable(),
}).meta({ id: 'Health' });
export type Health = z.output<typeof Health>;

/** Who manages the location, as Apple reports it (`mdmInfo`). */
export const Claim = z
  .object({
    state: z.enum(['free', 'ours', 'foreign', 'unknown']),
    id: z.string().nullable(),
    name: z.string().nullable(),
    metadata: z.string().nullable(),
    seenAt: Instant.nullable(),
    words: z.string().describe('Winesap · nobody · “Other MDM”'),
  })
  .meta({ id: 'Claim' });
export type Claim = z.output<typeof Claim>;

export const TokenRef = z
  .object({ tokenId: Id, organizationId: Id, organizationName: z.string(), policyId: Id, policyName: z.string() })
  .meta({ id: 'TokenRef' });
export type TokenRef = z.output<typeof TokenRef>;
