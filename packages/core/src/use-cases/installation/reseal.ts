import { SealError, type SealErrorCode } from '../../domain/seal-error.ts';
import type { SealPlace } from '../../domain/seal-place.ts';
import type { Deps } from '../../ports/deps.ts';
import type { SealCursor, SealedText } from '../../ports/installation.ts';
import { openMarked } from '../locations/open-marked.ts';

export interface Resealed {
  resealed: number;
  /** Unchanged, because nothing was wrong with them. */
  kept: number;
  /** Unchanged, because they don't open. */
  failed: { place: SealPlace; code: SealErrorCode }[];
}

const PAGE = 200;

/**
 * Seals stored texts again with the present key, each for its place: those sealed before places existed (`unbound`), or
 * also those sealed with another key (`old`). A text that changes concurrently is skipped. Safe to run at any time, to
 * stop, and to run twice at once.
 */
export async function reseal(deps: Pick<Deps, 'store' | 'seal'>, which: 'unbound' | 'old'): Promise<Resealed> {
  const sum: Resealed = { resealed: 0, kept: 0, failed: [] };
  let after: SealCursor | null = null;
  do {
    const from: SealCursor | null = after;
    const page: SealedText[] = await deps.store.read((view) => view.seals.list(from, PAGE));
    for (const text of page)
      try {
        const fresh = await sealedAgain(deps, text, which);
        // One row at a time: a transaction that holds several rows never waits for us while we wait for it.
        const isReplaced = fresh !== null && (await deps.store.write((tx) => tx.seals.replace(text, fresh)));
        if (isReplaced) sum.resealed += 1;
        else sum.kept += 1;
      } catch (error) {
        if (!(error instanceof SealError)) throw error;
        sum.failed.push({ place: text.place, code: error.code });
      }
    after = page.length < PAGE ? null : (page.at(-1)?.cursor ?? null);
  } while (after !== null);
  return sum;
}

/** Returns null if it is fine as it is. Errors: SealError. */
async function sealedAgain(
  { seal }: Pick<Deps, 'seal'>,
  { place, sealed, mark }: SealedText,
  which: 'unbound' | 'old',
): Promise<string | null> {
  const { key, isBound } = seal.inspect(sealed);
  if (key === 'missing') throw new SealError('seal.no-key-fits', 'None of the keys opens this text.');
  if (isBound && (which === 'unbound' || key === 'present')) return null;
  const text = await (mark === null ? seal.open(sealed, place) : openMarked(seal, sealed, place, mark));
  return seal.seal(text, place);
}
