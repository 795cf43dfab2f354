import { type AppleFailure, healthWords, type Identity, kindOfOrganization, portalOf } from '@winesap/core';
import type { CheckedState, TokenCheck } from './check-report.ts';

type Words = Pick<TokenCheck, 'label' | 'title' | 'cause' | 'consequence' | 'nextStep'>;
type Facts = Pick<Identity, 'locationName' | 'organizationName' | 'defaultPlatform' | 'websiteUrl'> & {
  daysLeft: number | null;
  failure: AppleFailure | null;
};

const WHERE =
  'sign in at %, open Preferences, then Payments and Billing, and download the content token of the location';

/**
 * The server's words, except where they mention what only a server has: a window to drop files on, an earlier result, a
 * next try.
 */
export function wordsOfCheck(state: CheckedState, facts: Facts): Words {
  const portal = portalOf(kindOfOrganization(facts));
  if (state === 'not-asked') return notAsked(facts.daysLeft);
  const { label, title, cause, consequence, nextStep } = healthWords(state, {
    locationName: facts.locationName ?? facts.organizationName ?? 'its location',
    daysLeft: facts.daysLeft,
    claimName: null,
    failure: facts.failure,
    portal,
  });
  const words = { label, title, cause, consequence, nextStep };
  if (nextStep.kind === 'renew')
    return { ...words, nextStep: { kind: 'renew', text: `Renew it: ${WHERE.replace('%', portal)}.` } };
  if (state === 'throttled' || state === 'unreachable' || state === 'unknown' || state === 'checking')
    return { ...words, consequence: 'Whether the token works is not known.', nextStep: again(state) };
  return words;
}

function again(state: 'throttled' | 'unreachable' | 'unknown' | 'checking'): Words['nextStep'] {
  if (state === 'throttled' || state === 'checking') return { kind: 'wait', text: 'Try again in a minute.' };
  return {
    kind: 'check-connection',
    text: 'Check that this machine reaches Apple’s service on port 443, then try again.',
  };
}

function notAsked(daysLeft: number | null): Words {
  return {
    label: 'Not asked',
    title: daysLeft === null ? 'The file does not say when this token expires.' : 'This token has not expired.',
    cause: 'Apple was not asked, so nobody knows whether it was revoked.',
    consequence: '',
    nextStep: { kind: 'none', text: 'Check without --offline to ask Apple.' },
  };
}
