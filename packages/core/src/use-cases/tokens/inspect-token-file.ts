import type { Identity } from '../../domain/locations/identity.ts';
import type { Abort } from '../../ports/abort.ts';
import type { Deps } from '../../ports/deps.ts';
import type { TokenRecord } from '../../ports/tokens.ts';
import { identify, openTokenFile, type ReadFile } from './read-location.ts';

export interface TokenFileInspection {
  file: ReadFile;
  identity: Identity;
  /** The token that already opens this location, in any policy or organization. */
  heldBy: TokenRecord | null;
}

/** Returns which location a file opens and who manages it. Stores nothing and only reads from Apple. */
export async function inspectTokenFile(
  deps: Deps,
  input: { bytes: Uint8Array; fileName: string | null },
  signal?: Abort,
): Promise<TokenFileInspection> {
  const file = openTokenFile(deps, input.bytes, input.fileName);
  const identity = await identify(deps, deps.apple.openFile(file.text, null), file, signal);
  const heldBy = await deps.store.read((view) => view.tokens.byLocation(identity.uId));
  return { file, identity, heldBy };
}
