import type { AlertFacts } from './facts.ts';

/** Something a rule wants told, true now. */
export interface Reason {
  /**
   * Never the same for two causes, always the same for one: what was told under it is not told again. Null where nothing
   * in the facts tells two occurrences apart: then what is open under the subject is the same, and what was resolved is another.
   */
  key: string | null;
  /** What flapping is measured by: reasons of one subject are the same news. */
  subject: string;
  tokenId: string;
  organizationId: string;
  title: string;
  text: string;
  /** It happened and is over: there is nothing that stays open. */
  moment: boolean;
}

/** A reason about a token, told under the key as long as it is true. */
export function reason(
  facts: AlertFacts,
  told: Pick<Reason, 'key' | 'subject' | 'title' | 'text'> & { moment?: boolean },
): Reason {
  return { moment: false, ...told, tokenId: facts.tokenId, organizationId: facts.organizationId };
}
