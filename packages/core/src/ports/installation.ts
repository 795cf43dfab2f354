import type { SealPlace } from '../domain/seal-place.ts';

/** A sealed text as stored in the database, whatever its purpose. */
export interface SealedText {
  place: SealPlace;
  sealed: string;
  /** The fingerprint of the text, where one is stored beside it. */
  mark: string | null;
  /** Where it is stored; only `Seals` uses this. */
  cursor: SealCursor;
}

export interface SealCursor {
  kind: 'batch_files' | 'channels' | 'content_tokens' | 'hooks' | 'next_hooks' | 'uploads';
  id: string;
}

/** Everything that is sealed, across all tables. */
export interface Seals {
  /** Returns up to `limit` texts in a stable order, after the given one. */
  list(after: SealCursor | null, limit: number): Promise<SealedText[]>;
  /** Returns false if it was changed or removed since. */
  replace(text: SealedText, fresh: string): Promise<boolean>;
}
