import type { SealPlace } from '../domain/seal-place.ts';

/** A sealed text as it lies in the database, whatever it is for. */
export interface SealedText {
  place: SealPlace;
  sealed: string;
  /** The fingerprint of the text, where one is stored beside it. */
  mark: string | null;
  /** Where it lies, for `Seals` alone. */
  cursor: SealCursor;
}

export interface SealCursor {
  kind: 'channels' | 'content_tokens' | 'hooks' | 'next_hooks' | 'uploads';
  id: string;
}

/** Everything that is sealed, over all tables. */
export interface Seals {
  /** In an order that stays, `limit` at most, after the given one. */
  list(after: SealCursor | null, limit: number): Promise<SealedText[]>;
  /** False when it was changed or removed meanwhile. */
  replace(text: SealedText, fresh: string): Promise<boolean>;
}
