import type { AlertFacts } from './facts.ts';
import { type Reason, reason } from './reason.ts';

/** Another system holds a location and no admin agreed to it, or our claim is gone. */
export function claimReasons(facts: AlertFacts): Reason[] {
  const { claim, claimId, claimName, claimRevision, locationName, tokenId } = facts;
  if (claim === 'taken' && claimId !== null) {
    const subject = `claim:${tokenId}:${claimId}`;
    return [
      reason(facts, {
        key: `${subject}:${claimRevision}`,
        subject,
        title: `${locationName} is claimed by “${claimName ?? 'an unnamed server'}”.`,
        text: 'Apple asks that only one server manages a location. Next: decide whether to take over or to keep watching.',
      }),
    ];
  }
  if (facts.mode === 'manage' && claim === 'free' && !facts.claimWanted) {
    const subject = `claim:${tokenId}:gone`;
    return [
      reason(facts, {
        key: `${subject}:${claimRevision}`,
        subject,
        title: `Our claim of ${locationName} is gone.`,
        text: 'At Apple, nobody manages this location now. Next: choose Manage again to set the claim, or Watch to leave it.',
      }),
    ];
  }
  return [];
}
