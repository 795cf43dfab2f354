export interface MdmInfo {
  id: string | null;
  name: string | null;
  metadata: string | null;
}

/** What Winesap is to a location: it only reads it, or it holds the claim. */
export type Mode = 'watch' | 'manage';

/**
 * `taken`: somebody else holds the claim and no person has agreed to that. `agreed`: somebody else holds it and an
 * admin chose to watch beside it. `unknown`: Apple has not been asked yet.
 */
export type ClaimState = 'unknown' | 'free' | 'ours' | 'agreed' | 'taken';

/**
 * Who holds a location at Apple (`mdmInfo`), apart from what anybody thinks of it. Absent, null, and empty are free; a claim
 * whose id is missing is somebody's all the same.
 */
export function holderOf(mdmInfo: MdmInfo | null, installationId: string): 'free' | 'ours' | 'foreign' {
  if (mdmInfo === null) return 'free';
  if (mdmInfo.id === null || mdmInfo.id === '') return mdmInfo.name || mdmInfo.metadata ? 'foreign' : 'free';
  return mdmInfo.id === installationId ? 'ours' : 'foreign';
}

export function claimState(
  mdmInfo: MdmInfo | null,
  installationId: string,
  agreedId: string | null,
): Exclude<ClaimState, 'unknown'> {
  const holder = holderOf(mdmInfo, installationId);
  if (holder !== 'foreign') return holder;
  return (mdmInfo?.id ?? '') === agreedId ? 'agreed' : 'taken';
}

export type ClaimPlan =
  | { do: 'nothing' }
  | { do: 'claim' }
  | { do: 'refuse'; code: 'claim.held' | 'claim.changed'; holder: MdmInfo };

/**
 * Claiming is an act of a person: a location somebody else holds is taken over only when the person named that very
 * holder. Between looking and saving the holder may have changed; then the person is asked again.
 */
export function planClaim(
  wanted: Mode,
  mdmInfo: MdmInfo | null,
  installationId: string,
  takeOverFrom: string | null,
): ClaimPlan {
  if (wanted === 'watch') return { do: 'nothing' };
  const holder = holderOf(mdmInfo, installationId);
  if (holder === 'ours') return { do: 'nothing' };
  if (holder === 'free' || mdmInfo === null) return { do: 'claim' };
  if (takeOverFrom === null) return { do: 'refuse', code: 'claim.held', holder: mdmInfo };
  return takeOverFrom === (mdmInfo.id ?? '')
    ? { do: 'claim' }
    : { do: 'refuse', code: 'claim.changed', holder: mdmInfo };
}
