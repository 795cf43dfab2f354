import type { ManageAssets } from './changes.ts';
import { chunkAssets, type Limits } from './chunk.ts';

/** One request of a larger change. */
export interface Step {
  readonly type: 'DISASSOCIATE' | 'ASSOCIATE';
  readonly request: ManageAssets;
}

export interface AssetChanges {
  readonly disassociate?: ManageAssets;
  readonly associate?: ManageAssets;
}

/**
 * Splits changes of any size into steps within the limits. Revocations come first, so that their licenses are free for
 * the assignments: Apple works in the order of sending.
 */
export function* planChanges(changes: AssetChanges, limits: Limits): Generator<Step, void, undefined> {
  if (changes.disassociate) {
    for (const request of chunkAssets(changes.disassociate, limits)) yield { type: 'DISASSOCIATE', request };
  }
  if (changes.associate) {
    for (const request of chunkAssets(changes.associate, limits)) yield { type: 'ASSOCIATE', request };
  }
}
