import { type AppleFailure, appleLine } from '../apple-failure.ts';

export interface RefusalWords {
  /** For a row of a list. */
  brief: string;
  title: string;
  cause: string;
  nextStep: { kind: 'check-account' | 'update'; text: string };
}

const UPDATE = {
  kind: 'update',
  text: 'Update Winesap. If you have the newest version, report this number to the project.',
} as const;

/** Why Apple refuses, for numbers that mean neither that the token ended nor that Apple is busy. */
export function refusalWords(failure: AppleFailure | null, portal: string): RefusalWords {
  const number = failure?.kind === 'refused' ? failure.errorNumber : null;
  switch (number) {
    case 9601:
      return {
        brief: 'Apple asks for a sign-in (9601)',
        title: 'Apple doesn’t take this token as a sign-in.',
        cause:
          'Apple says that the request came without a usable credential. The Apple account that downloaded the token may be locked or disabled.',
        nextStep: {
          kind: 'check-account',
          text: `Look at the account at ${portal}. If nothing is wrong there, renew the token with a new download.`,
        },
      };
    case 9611:
      return {
        brief: 'Apple doesn’t find the account (9611)',
        title: 'Apple doesn’t find the account behind this token.',
        cause: 'The Apple account that downloaded the token may have been deleted or lost its role.',
        nextStep: {
          kind: 'check-account',
          text: `Sign in at ${portal} with another account that manages content, download the token again, and renew.`,
        },
      };
    case 9617:
      return {
        brief: 'Apple says its address has moved (9617)',
        title: 'Apple says that its service has moved to another address.',
        cause: 'Winesap sends tokens to the address it was made for and follows to no other.',
        nextStep: UPDATE,
      };
    case 9634:
      return {
        brief: 'Apple removed this service (9634)',
        title: 'Apple has removed a service that Winesap uses.',
        cause:
          'Nothing is wrong with the token. This version of Winesap asks for something that Apple no longer offers.',
        nextStep: UPDATE,
      };
    default:
      return unknownRefusal(failure, portal);
  }
}

function unknownRefusal(failure: AppleFailure | null, portal: string): RefusalWords {
  const what = failure?.kind === 'refused' ? (failure.errorNumber ?? `HTTP ${failure.httpStatus}`) : null;
  const apple = what === null ? 'Apple refused' : `Apple refused (${what})`;
  const text = failure?.kind === 'refused' ? failure.errorMessage : null;
  return {
    brief: apple,
    title: `${apple}, and Winesap doesn’t know why.`,
    cause: text ? `Apple’s words: “${text}”` : 'Apple gave no reason.',
    nextStep: {
      kind: 'check-account',
      text: `Look for notices at ${portal}. Winesap asks again by itself; if this stays, report the number to the project.`,
    },
  };
}

/** Names the two locations that an answer mixed up. */
export function otherLocationWords(failure: AppleFailure | null): string {
  return failure?.kind === 'other-location'
    ? `Apple’s answers are about location ${failure.found}, but this token was added for location ${failure.expected}.`
    : `Apple’s answers are about another location than the one this token was added for.${failure === null ? '' : ` ${appleLine(failure)}`}`;
}
