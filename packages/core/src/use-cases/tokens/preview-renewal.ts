import type { AppleFailure } from '../../domain/apple-failure.ts';
import { AppleFailureError } from '../../domain/apple-failure.ts';
import { type AssetDifference, compareAssets } from '../../domain/licenses/asset.ts';
import { discrepancyWords } from '../../domain/licenses/discrepancy-words.ts';
import type { AssetReading } from '../../domain/licenses/reading.ts';
import { weighReading } from '../../domain/licenses/weigh-reading.ts';
import { AGREES } from '../../domain/list-evidence.ts';
import type { Identity } from '../../domain/locations/identity.ts';
import { judgeRenewal, type RenewalVerdict } from '../../domain/tokens/renewal.ts';
import { AppError } from '../../errors.ts';
import type { Abort } from '../../ports/abort.ts';
import type { AppleLocation } from '../../ports/apple.ts';
import type { Deps } from '../../ports/deps.ts';
import type { TokenRecord } from '../../ports/tokens.ts';
import { identify, openTokenFile, type ReadFile } from './read-location.ts';

export interface RenewalPreview {
  token: TokenRecord;
  file: ReadFile;
  fresh: Identity;
  verdict: RenewalVerdict;
  /** On a mismatch: our token that this file belongs to. */
  otherToken: TokenRecord | null;
  dryRun:
    | { kind: 'read'; stored: number; fresh: number; differences: AssetDifference[]; discrepancy: string | null }
    | { kind: 'not-read'; failure: AppleFailure | null };
}

/**
 * Returns what a renewal would do: both identities, the verdict, and the assets that differ. Stores nothing, only
 * reads.
 */
export async function previewRenewal(
  deps: Deps,
  input: { tokenId: string; bytes: Uint8Array; fileName: string | null },
  signal?: Abort,
): Promise<RenewalPreview> {
  const file = openTokenFile(deps, input.bytes, input.fileName);
  const token = await deps.store.read((view) => view.tokens.byId(input.tokenId));
  if (token === null) throw new AppError('token.not-found', { tokenId: input.tokenId });

  const location = deps.apple.openFile(file.text, token.identity.uId);
  const fresh = await identify(deps, location, file, signal);
  const verdict = judgeRenewal(sideOf(token), { ...fresh, fingerprint: file.fingerprint });

  if (verdict.verdict === 'refused') {
    const otherToken =
      fresh.uId === token.identity.uId ? null : await deps.store.read((view) => view.tokens.byLocation(fresh.uId));
    return { token, file, fresh, verdict, otherToken, dryRun: { kind: 'not-read', failure: null } };
  }
  const dryRun = await dryRunAssets(deps, location, token, signal);
  return { token, file, fresh, verdict, otherToken: null, dryRun };
}

export function sideOf(token: TokenRecord) {
  return { uId: token.identity.uId, expiresAt: token.identity.expiresAt, fingerprint: token.fingerprint };
}

async function dryRunAssets(
  deps: Deps,
  location: AppleLocation,
  token: TokenRecord,
  signal?: Abort,
): Promise<RenewalPreview['dryRun']> {
  let read: AssetReading;
  try {
    read = await location.assets('quick', async () => {}, signal);
  } catch (error) {
    if (error instanceof AppleFailureError) return { kind: 'not-read', failure: error.failure };
    throw error;
  }
  const stored = await deps.store.read((view) => view.assets.list(token.identity.uId));
  const weighed = weighReading({
    stored,
    said: read.assets,
    listedOf: () => null,
    listedKeys: [],
    assets: read.evidence,
    assignments: AGREES,
    now: deps.now(),
    confirmAfterMs: deps.settings.confirmAfterMs,
  });
  const fresh = weighed.assets.flatMap(({ asset }) => (asset === null ? [] : [asset]));
  const { discrepancy } = weighed;
  return {
    kind: 'read',
    stored: stored.length,
    fresh: read.assets.length,
    differences: compareAssets(stored, fresh),
    discrepancy: discrepancy === null ? null : discrepancyWords(discrepancy),
  };
}
