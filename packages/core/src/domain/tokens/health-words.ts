import type { AppleFailure } from '../apple-failure.ts';
import { otherLocationWords, refusalWords } from './refusal-words.ts';
import type { TokenState } from './token-state.ts';

export type NextStepKind =
  | 'none'
  | 'renew'
  | 'decide-claim'
  | 'accept-terms'
  | 'give-role'
  | 'wait'
  | 'check-account'
  | 'update'
  | 'check-connection';

export interface HealthWords {
  label: string;
  /** The cause in a few words, for a row of a list; empty if all is well. */
  brief: string;
  title: string;
  cause: string;
  consequence: string;
  nextStep: { kind: NextStepKind; text: string };
}

export interface HealthWordFacts {
  locationName: string;
  daysLeft: number | null;
  claimName: string | null;
  /** Apple's refusal, where known. */
  failure: AppleFailure | null;
  portal: 'business.apple.com' | 'school.apple.com' | 'business.apple.com or school.apple.com';
}

const renew = (text: string) => ({ kind: 'renew', text }) as const;

/** One state, one cause, and one next step, in words for a person on a bad day. */
export function healthWords(state: TokenState, facts: HealthWordFacts): HealthWords {
  return WORDS[state](facts);
}

/** The next step outside the console, where there is no place to drop a file *here*. */
export function nextStepElsewhere({ nextStep }: HealthWords): string {
  return nextStep.kind === 'renew' ? 'Download a fresh token and renew it in Winesap.' : nextStep.text;
}

const WORDS: Record<TokenState, (facts: HealthWordFacts) => HealthWords> = {
  healthy: () => ({
    label: 'Healthy',
    brief: '',
    title: 'This token works.',
    cause: 'Apple answers it.',
    consequence: '',
    nextStep: { kind: 'none', text: 'Nothing to do.' },
  }),
  expiring: ({ daysLeft, locationName }) => ({
    label: 'Expiring',
    brief: `expires ${inDays(daysLeft)}`,
    title: `This token expires ${inDays(daysLeft)}.`,
    cause: 'A content token lives one year.',
    consequence: `After that, apps can no longer be licensed or updated from ${locationName}.`,
    nextStep: renew('Renew it now: download a fresh token and drop it here.'),
  }),
  expired: ({ locationName, daysLeft }) => ({
    label: 'Expired',
    brief: daysLeft === null ? 'expired' : `expired ${daysAgo(daysLeft)}`,
    title: 'This token has expired.',
    cause: 'A content token lives one year, and nobody renewed this one.',
    consequence: stopped(locationName),
    nextStep: renew('Renew it: download a fresh token and drop it here.'),
  }),
  revoked: ({ locationName }) => ({
    label: 'Revoked',
    brief: 'password was probably reset',
    title: 'Apple has revoked this token.',
    cause: 'Usually the Apple account that downloaded it had its password reset, or someone revoked the token.',
    consequence: stopped(locationName),
    nextStep: renew('Renew it: download a fresh token and drop it here.'),
  }),
  invalid: ({ locationName }) => ({
    label: 'Invalid',
    brief: 'Apple does not know this token',
    title: 'Apple does not accept this token.',
    cause: 'The stored text isn’t a token that Apple knows, or Apple no longer knows it.',
    consequence: stopped(locationName),
    nextStep: renew('Download the token again and renew with the whole file.'),
  }),
  'not-permitted': ({ locationName, portal }) => ({
    label: 'Not permitted',
    brief: 'the Apple account lacks the role',
    title: 'The Apple account behind this token lacks the role.',
    cause: 'The account that downloaded it can no longer manage content.',
    consequence: stopped(locationName),
    nextStep: {
      kind: 'give-role',
      text: `Give the account at least the role Content Manager at ${portal}, or renew with a token downloaded by another account.`,
    },
  }),
  'claimed-elsewhere': ({ locationName, claimName }) => ({
    label: 'Claimed elsewhere',
    brief: claimName === null ? 'held by another server' : `held by “${claimName}”`,
    title: `${locationName} is managed by ${claimName === null ? 'another server' : `“${claimName}”`}.`,
    cause:
      'Another device management server has set its claim at Apple. Apple asks that only one server manages a location.',
    consequence: 'Two servers assigning licenses from one location get in each other’s way.',
    nextStep: { kind: 'decide-claim', text: 'Decide: take over, or keep watching.' },
  }),
  'other-location': ({ failure, locationName }) => ({
    label: 'Other location',
    brief: 'Apple answers about another location',
    title: 'This token doesn’t open its own location anymore.',
    cause: otherLocationWords(failure),
    consequence: `Winesap ignores these answers, changes nothing, and shows the last good reading of ${locationName}.`,
    nextStep: renew(
      'Download the token of this location again and drop it here. If the other location is the right one, remove this token and add the file again.',
    ),
  }),
  terms: ({ locationName, portal }) => ({
    label: 'Terms not accepted',
    brief: 'new terms must be accepted',
    title: 'Apple refuses until new terms are accepted.',
    cause: 'When Apple’s agreements change, an administrator has to accept them first.',
    consequence: stopped(locationName),
    nextStep: {
      kind: 'accept-terms',
      text: `An administrator signs in at ${portal} and accepts what is asked. If nothing is asked, renew the token.`,
    },
  }),
  locked: ({ locationName }) => ({
    label: 'Locked',
    brief: 'Winesap can’t open the stored token',
    title: 'Winesap can’t open the token it stored.',
    cause: 'The key that sealed it is missing, or the row was changed in the database by something other than Winesap.',
    consequence: `Winesap can’t ask Apple about ${locationName}, so it doesn’t. The token itself may be fine.`,
    nextStep: renew(
      'Check WINESAP_SEAL_KEY and WINESAP_SEAL_KEY_FILE if they were changed. Otherwise renew: download a fresh token and drop it here.',
    ),
  }),
  refused: ({ failure, locationName, portal }) => {
    const { brief, title, cause, nextStep } = refusalWords(failure, portal);
    return { label: 'Refused', brief, title, cause, consequence: stopped(locationName), nextStep };
  },
  checking: () => ({
    label: 'Checking',
    brief: 'Apple refused once; not confirmed',
    title: 'Winesap is checking whether this token still works.',
    cause:
      'Apple refused it, and Winesap couldn’t confirm that yet. A single refusal can be a mistake on Apple’s side.',
    consequence: 'The last good reading is shown, and nothing is changed.',
    nextStep: {
      kind: 'wait',
      text: 'Nothing to do: Winesap asks again after 1, 5, and 15 minutes, then every hour. Scan Now asks at once.',
    },
  }),
  throttled: () => ({
    label: 'Throttled',
    brief: 'Apple asks to slow down',
    title: 'Apple asks to slow down.',
    cause: 'Too many requests for this organization, from Winesap or from another program that uses the same location.',
    consequence: 'The last good reading is shown.',
    nextStep: { kind: 'wait', text: 'Winesap waits and tries again by itself.' },
  }),
  unreachable: () => ({
    label: 'Unreachable',
    brief: 'Apple cannot be reached',
    title: 'Apple cannot be reached, or does not answer properly.',
    cause: 'Apple’s service may be away, or this machine’s way to it is blocked.',
    consequence: 'The last good reading is shown; the token itself may be fine.',
    nextStep: { kind: 'wait', text: 'Winesap tries again by itself.' },
  }),
  unknown: () => ({
    label: 'Unknown',
    brief: 'no definite answer for too long',
    title: 'Winesap doesn’t know whether this token works.',
    cause: 'Apple hasn’t given a definite answer about it for too long.',
    consequence: 'It may have stopped working without anyone noticing.',
    nextStep: {
      kind: 'check-connection',
      text: 'Check that this machine reaches Apple’s service on port 443, then press Scan Now.',
    },
  }),
};

function stopped(locationName: string): string {
  return `Apps cannot be licensed or updated from ${locationName} until this is fixed. Apps already installed keep working.`;
}

function inDays(days: number | null): string {
  if (days === null) return 'soon';
  if (days <= 0) return 'today';
  return days === 1 ? 'tomorrow' : `in ${days} days`;
}

function daysAgo(daysLeft: number): string {
  const days = -daysLeft - 1;
  if (days <= 0) return 'today';
  return days === 1 ? 'yesterday' : `${days} days ago`;
}
