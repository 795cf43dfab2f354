import { addressGroup, MINUTE_MS } from '@winesap/core';
import { Tally } from './tally.ts';

/** Who tries which account, from where. */
export interface Attempt {
  address: string;
  /** The e-mail address as it was typed, whether anybody has it or not. */
  account: string;
}

export interface SignInLimits {
  /** Counts a try before the password is looked at. Gives the seconds to wait instead; 0: go on. */
  take(attempt: Attempt): Promise<number>;
  /** The password was right: it was no guess. */
  succeeded(attempt: Attempt): void;
}

const PER_ADDRESS = { most: 30, withinMs: 5 * MINUTE_MS };
const PER_ACCOUNT = { most: 10, withinMs: 15 * MINUTE_MS };

/**
 * Holds back who guesses passwords: many accounts from one address, or one account from many addresses. Somebody who is
 * signed in elsewhere from the same address (`isAtHome`) is not locked out by what others do to their account; they have
 * as many tries of their own.
 */
export function createSignInLimits(isAtHome: (attempt: Attempt) => Promise<boolean>, now: () => Date): SignInLimits {
  const byAddress = new Tally(PER_ADDRESS, now);
  const byAccount = new Tally(PER_ACCOUNT, now);
  const byBoth = new Tally(PER_ACCOUNT, now);
  const namesOf = ({ address, account }: Attempt) => {
    const from = addressGroup(address);
    const whom = account.trim().toLowerCase();
    return { from, whom, both: `${from} ${whom}` };
  };
  return {
    take: async (attempt) => {
      const { from, whom, both } = namesOf(attempt);
      const waitSeconds = byAddress.waitSeconds(from) || byBoth.waitSeconds(both);
      if (waitSeconds > 0) return waitSeconds;
      const accountSeconds = byAccount.waitSeconds(whom);
      if (accountSeconds > 0 && !(await isAtHome(attempt))) return accountSeconds;
      byAddress.add(from);
      byAccount.add(whom);
      byBoth.add(both);
      return 0;
    },
    succeeded: (attempt) => {
      const { from, whom, both } = namesOf(attempt);
      byAddress.takeBack(from);
      byAccount.forget(whom);
      byBoth.forget(both);
    },
  };
}
