import type { Timing } from './timing.ts';

/**
 * What a channel needs to send, as its kind stores it. Stored sealed, because addresses of chat channels are
 * credentials, too. Only its kind reads it.
 */
export type ChannelSettings = Readonly<Record<string, unknown>>;

/** The weekly report by email: when, and of which organization; null: of all. */
export interface ReportPlan {
  weekday: number;
  at: string;
  organizationId: string | null;
}

export interface ChannelDraft {
  kind: string;
  name: string;
  timing: Timing;
  report: ReportPlan | null;
  settings: ChannelSettings;
}
