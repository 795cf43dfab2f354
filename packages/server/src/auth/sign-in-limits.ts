import { addressGroup, MINUTE_MS } from '@winesap/core';
import { Tally } from './tally.ts';

/** Which account is tried, and from which address. */
export interface Attempt {
  address: string;
  /** The email address as typed, whether an account has it or not. */
  account: string;
}

export interface SignInLimits {
  /** Counts a try before the password is checked. Returns the seconds to wait; 0: continue. */
  take(attempt: Attempt): Promise<number>;
  /** The password was right, so it wasn't a guess. */
  succeeded(attempt: Attempt): void;
}

const PER_ADDRESS = { most: 30, withinMs: 5 * MINUTE_MS };
const PER_ACCOUNT = { most: 10, withinMs: 15 * MINUTE_MS };

/**
 * Slows down password guessing: many accounts from one address, or one account from many addresses. A person with a
 * session from the same address (`isAtHome`) is not locked out by others' guesses at the account: such tries are
 * counted separately.
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
