import { type AppleFailure, appleLine } from '../apple-failure.ts';
import type { HookState } from './hook.ts';

/** Why Apple did not accept our address, and what a person can do about it. */
export function hookFailureWords(failure: AppleFailure, url: string): { cause: string; nextStep: string } {
  if (failure.kind !== 'refused')
    return { cause: appleLine(failure), nextStep: 'Nothing to do; Winesap tries again by itself.' };
  switch (failure.errorNumber) {
    case 9710:
      return {
        cause: 'Apple wants address and secret together and got only one of them.',
        nextStep: 'Change the secret: winesap notifications rotate-secret.',
      };
    case 9711:
      return {
        cause: `The address or the secret is too long for Apple (${url.length} characters in the address).`,
        nextStep: 'Set WINESAP_PUBLIC_URL to a shorter address.',
      };
    case 9712:
      return {
        cause: `Apple does not accept ${url} as an address: it wants https, with a host and a path only.`,
        nextStep: 'Set WINESAP_PUBLIC_URL to an address that begins with https:// and has no user, query or fragment.',
      };
    case 9728:
      return {
        cause: `Apple sent a test to ${url} and got no good answer.`,
        nextStep:
          'Make this address reachable from the internet, over https with a certificate that is publicly trusted; a proxy in front has to let POST through to /hooks/apple/.',
      };
    default:
      return {
        cause: appleLine(failure),
        nextStep: 'Winesap tries again by itself. If this stays, look at the token.',
      };
  }
}

export type HookOff = 'switched-off' | 'no-public-url' | 'not-https';
export type HookStanding = HookState | 'off' | 'not-managed';

export interface HookWordFacts {
  off: HookOff | null;
  locationName: string;
  shownUrl: string | null;
  missingTypes: readonly string[];
  failure: AppleFailure | null;
  url: string;
}

/** The state of a location's notifications, and the one thing to do about it. */
export function hookWords(standing: HookStanding, facts: HookWordFacts): { title: string; nextStep: string | null } {
  switch (standing) {
    case 'off':
      return OFF[facts.off ?? 'switched-off'];
    case 'not-managed':
      return {
        title: `Winesap does not manage ${facts.locationName}, so Apple is not asked to notify it.`,
        nextStep: 'Nothing to do: the location is read on schedule. Choose Manage to be notified of changes.',
      };
    case 'wanted':
      return { title: 'Winesap is about to turn on Apple’s notifications.', nextStep: null };
    case 'set':
      return { title: `Apple notifies Winesap of changes at ${facts.locationName}.`, nextStep: null };
    case 'drifted': {
      const what =
        facts.missingTypes.length > 0
          ? `leaves out ${facts.missingTypes.join(', ')}`
          : `goes to ${facts.shownUrl ?? 'nobody'}`;
      return {
        title: `Somebody else changed what Apple notifies: it ${what}.`,
        nextStep: 'Winesap sets it again by itself. If this comes back, another server uses this location.',
      };
    }
    case 'refused': {
      const { cause, nextStep } =
        facts.failure === null
          ? { cause: '', nextStep: 'Winesap tries again by itself.' }
          : hookFailureWords(facts.failure, facts.url);
      return { title: `Apple did not take our address. ${cause}`.trim(), nextStep };
    }
    case 'released':
      return { title: 'Apple’s notifications are turned off.', nextStep: null };
  }
}

const OFF: Record<HookOff, { title: string; nextStep: string }> = {
  'switched-off': {
    title: 'Notifications are switched off in this Winesap.',
    nextStep: 'Set WINESAP_NOTIFICATIONS=on to have Apple notify it.',
  },
  'no-public-url': {
    title: 'Apple cannot notify this Winesap: it has no public address.',
    nextStep: 'Set WINESAP_PUBLIC_URL to its https address, if the internet can reach it.',
  },
  'not-https': {
    title: 'Apple cannot notify this Winesap: Apple only uses https addresses.',
    nextStep: 'Put a proxy with a certificate in front and set WINESAP_PUBLIC_URL to its https address.',
  },
};
