export interface MdmInfo {
  id: string | null;
  name: string | null;
  metadata: string | null;
}

/** Winesap's role at a location: it only reads, or it holds the claim. */
export type Mode = 'watch' | 'manage';

/**
 * `taken`: another system holds the claim and no person has agreed to that. `agreed`: another system holds it and an
 * admin chose to watch beside it. `unknown`: Apple has not been asked yet.
 */
export type ClaimState = 'unknown' | 'free' | 'ours' | 'agreed' | 'taken';

/**
 * Who holds a location at Apple (`mdmInfo`), whether or not anyone agreed to it. Absent, null, and empty mean free; a
 * claim without an ID still belongs to another system.
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
 * Claiming is an act of a person: Winesap takes a location over only from the holder that the person named. If the
 * holder changes between preview and save, the person is asked again.
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
