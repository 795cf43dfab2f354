import type { AlertFacts } from './facts.ts';
import type { Reason } from './reasons.ts';

/** A reason about a token, told under the key as long as it is true. */
export function reason(
  facts: AlertFacts,
  told: Pick<Reason, 'key' | 'subject' | 'title' | 'text'> & { moment?: boolean },
): Reason {
  return { moment: false, ...told, tokenId: facts.tokenId, organizationId: facts.organizationId };
}
