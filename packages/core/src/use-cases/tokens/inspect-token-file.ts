import type { Identity } from '../../domain/locations/identity.ts';
import type { Abort } from '../../ports/abort.ts';
import type { Deps } from '../../ports/deps.ts';
import type { TokenRecord } from '../../ports/tokens.ts';
import { identify, openTokenFile, type ReadFile } from './read-location.ts';

export interface TokenFileInspection {
  file: ReadFile;
  identity: Identity;
  /** The token that opens this location already, in whichever policy or organization. */
  heldBy: TokenRecord | null;
}

/** Says which location a file opens and who manages it. Stores nothing; Apple is only read. */
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
