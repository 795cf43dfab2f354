import type { AlertFacts } from './facts.ts';

/** A condition of a rule that is true now, and the alert that it calls for. */
export interface Reason {
  /**
   * Unique per cause and stable over time: an alert is sent once per key. Null if the facts don't distinguish two
   * occurrences: an open alert with the same subject is then the same one, and a resolved one is another.
   */
  key: string | null;
  /** Flapping is measured by subject: reasons with the same subject are the same news. */
  subject: string;
  tokenId: string;
  organizationId: string;
  title: string;
  text: string;
  /** It happened and is over, so no alert stays open. */
  moment: boolean;
}

/** Returns a reason about a token, which holds under its key while it is true. */
export function reason(
  facts: AlertFacts,
  told: Pick<Reason, 'key' | 'subject' | 'title' | 'text'> & { moment?: boolean },
): Reason {
  return { moment: false, ...told, tokenId: facts.tokenId, organizationId: facts.organizationId };
}
