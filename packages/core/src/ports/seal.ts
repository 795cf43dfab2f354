import type { SealPlace } from '../domain/seal-place.ts';

/**
 * Seals secrets for storage. The result of `seal` can be stored in its place; only this installation's keys open it
 * again.
 */
export interface Seal {
  seal(text: string, place: SealPlace): Promise<string>;
  /**
   * Opens a text that was sealed for this place. Texts sealed before places existed open anywhere.
   * Errors: SealError with `seal.no-key-fits`, `seal.damaged`, `seal.other-place`.
   */
  open(sealed: string, place: SealPlace): Promise<string>;
  /**
   * Returns what a sealed text reveals without being opened: `present` is the key that seals now, `older` another
   * available one. Errors: SealError with `seal.damaged`.
   */
  inspect(sealed: string): { key: 'present' | 'older' | 'missing'; isBound: boolean };
  /** Identifies a secret without revealing it: the same text yields the same 22 characters. */
  fingerprint(text: string): string;
  /** Returns a new random secret that is safe in an address: 43 characters. */
  makeSecret(): string;
}
