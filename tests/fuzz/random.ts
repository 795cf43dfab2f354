/** Repeatable randomness: the same seed yields the same choices. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  share(): number;
  /** An integer, both ends included. */
  from(low: number, high: number): number;
  chance(share: number): boolean;
  one<T>(choices: readonly T[]): T;
  /** One of them, with a probability proportional to its weight. */
  weighted<T>(choices: readonly (readonly [weight: number, choice: T])[]): T;
}

/** Mulberry32: small, fast, and uniform enough for tests. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const share = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const from = (low: number, high: number) => low + Math.floor(share() * (high - low + 1));
  const one = <T>(choices: readonly T[]): T => {
    const chosen = choices[from(0, choices.length - 1)];
    if (choices.length === 0) throw new Error('There is nothing to choose from.');
    return chosen as T;
  };
  return {
    share,
    from,
    chance: (wanted) => share() < wanted,
    one,
    weighted: (choices) => {
      let lot = share() * choices.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, choice] of choices) {
        lot -= weight;
        if (lot < 0) return choice;
      }
      return one(choices)[1];
    },
  };
}
