/** Secrets at rest. What comes out of `seal` may be stored anywhere; only this installation's keys open it again. */
export interface Seal {
  seal(text: string): Promise<string>;
  /** Throws when no key fits. */
  open(sealed: string): Promise<string>;
  /** Names a secret without giving it away: the same text, the same 22 letters. */
  fingerprint(text: string): string;
  /** A new secret nobody can guess, fit for an address: 43 letters. */
  makeSecret(): string;
}
