import type { SealPlace } from '../domain/seal-place.ts';

/** Secrets at rest. What comes out of `seal` may be stored in its place; only this installation's keys open it again. */
export interface Seal {
  seal(text: string, place: SealPlace): Promise<string>;
  /**
   * Opens what was sealed for this place. Texts from before places were part of the seal open anywhere.
   * Errors: SealError with `seal.no-key-fits`, `seal.damaged`, `seal.other-place`.
   */
  open(sealed: string, place: SealPlace): Promise<string>;
  /**
   * What a sealed text says of itself, without being opened: `present` is the key that seals now, `older` another one that
   * is there. Errors: SealError with `seal.damaged`.
   */
  inspect(sealed: string): { key: 'present' | 'older' | 'missing'; isBound: boolean };
  /** Names a secret without giving it away: the same text, the same 22 letters. */
  fingerprint(text: string): string;
  /** A new secret nobody can guess, fit for an address: 43 letters. */
  makeSecret(): string;
}
