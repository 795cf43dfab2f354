import type { Claim } from '@winesap/api';
import type { ClaimState, MdmInfo } from '@winesap/core';
import { iso } from '../../reads/apple-said.ts';

const STATE: Record<ClaimState, Claim['state']> = {
  unknown: 'unknown',
  free: 'free',
  ours: 'ours',
  agreed: 'foreign',
  taken: 'foreign',
};

export function claimView(claim: ClaimState, mdmInfo: MdmInfo | null, seenAt: Date | null): Claim {
  const state = STATE[claim];
  return {
    state,
    id: mdmInfo?.id ?? null,
    name: mdmInfo?.name ?? null,
    metadata: mdmInfo?.metadata ?? null,
    seenAt: iso(seenAt),
    words: words(state, mdmInfo),
  };
}

function words(state: Claim['state'], mdmInfo: MdmInfo | null): string {
  switch (state) {
    case 'ours':
      return 'Winesap';
    case 'free':
      return 'nobody';
    case 'unknown':
      return 'not known yet';
    case 'foreign':
      return mdmInfo?.name ? `“${mdmInfo.name}”` : 'another server without a name';
  }
}
