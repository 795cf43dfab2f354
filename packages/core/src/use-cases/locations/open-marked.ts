import { SealError } from '../../domain/seal-error.ts';
import type { SealPlace } from '../../domain/seal-place.ts';
import type { Seal } from '../../ports/seal.ts';

/**
 * Opens a text whose fingerprint is stored beside it. The fingerprint must match, which also catches texts that were
 * moved before places were part of the seal. Errors: SealError.
 */
export async function openMarked(
  seal: Pick<Seal, 'open' | 'fingerprint'>,
  sealed: string,
  place: SealPlace,
  mark: string,
): Promise<string> {
  const text = await seal.open(sealed, place);
  if (seal.fingerprint(text) !== mark)
    throw new SealError('seal.other-place', 'This text is not the one that was sealed for this row.');
  return text;
}
