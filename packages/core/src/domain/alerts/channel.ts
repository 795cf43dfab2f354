import type { Timing } from './timing.ts';

/**
 * What a channel needs to send, as its kind stores it. Stored sealed: addresses of chat channels are credentials, too. Only its
 * kind looks into it.
 */
export type ChannelSettings = Readonly<Record<string, unknown>>;

/** The weekly report by mail: when, and of which organization; null: of all. */
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
