import type { ChannelDraft, ReportPlan } from '../domain/alerts/channel.ts';
import type { Message, MessageDraft, PendingAlert } from '../domain/alerts/delivery.ts';
import type { AlertFacts, AssetCounts } from '../domain/alerts/facts.ts';
import type { Reason } from '../domain/alerts/reason.ts';
import type { Report } from '../domain/alerts/report.ts';
import type { Rule, RuleCondition, RuleDraft } from '../domain/alerts/rule.ts';
import type { Timing } from '../domain/alerts/timing.ts';
import type { EventDraft } from '../domain/event.ts';
import type { Instant } from '../domain/instant.ts';
import type { Abort } from './abort.ts';

export interface Channel {
  id: string;
  kind: string;
  name: string;
  timing: Timing;
  report: ReportPlan | null;
  /** The channel's settings as JSON, sealed: they hold addresses and secrets. */
  sealed: string;
  disabled: boolean;
}

export type ChannelColumns = Omit<ChannelDraft, 'kind' | 'settings'> & { target: string; sealed: string };

export interface Channels {
  insert(channel: ChannelColumns & { id: string; kind: string }, now: Instant): Promise<void>;
  change(id: string, channel: ChannelColumns, now: Instant): Promise<void>;
  /** False when there is none. Deliveries that wait go with it. */
  delete(id: string): Promise<boolean>;
  /** In `write` locked until the transaction ends. */
  byId(id: string): Promise<Channel | null>;
  /** Those that are not disabled. */
  enabled(): Promise<Pick<Channel, 'id' | 'timing'>[]>;
  disable(id: string, why: string, now: Instant): Promise<void>;
  enable(id: string): Promise<void>;
  /** Channels with a weekly report, and when they had the last one. A time that is yet to come is put right. */
  reporting(now: Instant): Promise<{ id: string; timing: Timing; report: ReportPlan; reportedAt: Instant }[]>;
  setReported(id: string, now: Instant): Promise<void>;
}

export interface Rules {
  insert(rule: RuleDraft, now: Instant): Promise<string>;
  /** False when there is none. */
  change(id: string, rule: RuleDraft): Promise<boolean>;
  /** Its name; null when there is none. */
  delete(id: string): Promise<string | null>;
  all(): Promise<Rule[]>;
  /** True for the first caller ever. */
  claimDefaults(now: Instant): Promise<boolean>;
  /** Whether what the scope names is there. */
  scopeExists(scope: RuleDraft['scope']): Promise<boolean>;
}

export interface Alerts {
  /** One evaluation at a time, in all processes, until the transaction ends. */
  lock(): Promise<void>;
  /** Of all tokens. Without what a rule has to ask for. */
  facts(): Promise<AlertFacts[]>;
  /** Assets that may be below the threshold, by token. */
  lowAssets(condition: Extract<RuleCondition, { kind: 'licenses' }>): Promise<ReadonlyMap<string, AssetCounts[]>>;
  /** Assignments and releases that failed since then, by token. */
  failedAssignments(since: Instant): Promise<ReadonlyMap<string, number>>;
  /** Alerts of a rule that are not resolved: what they were told under. */
  openOf(ruleId: string): Promise<{ key: string; subject: string }[]>;
  /** Which of the keys were told under the rule, at any time. */
  known(ruleId: string, keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** Subjects told by a rule between the two instants. */
  notifiedBetween(ruleId: string, from: Instant, to: Instant): Promise<ReadonlySet<string>>;
  /** Those that were not known under the rule, with their new ids; the rest are what was told already. */
  open(ruleId: string, reasons: readonly (Reason & { key: string })[], now: Instant): Promise<string[]>;
  reopen(ruleId: string, keys: readonly string[]): Promise<void>;
  resolve(ruleId: string, keys: readonly string[], now: Instant): Promise<void>;
  /** Not acknowledged, not resolved, told for the last time before that; notes that they are told again. */
  notifyAgain(ruleId: string, before: Instant, now: Instant): Promise<{ id: string; times: number }[]>;
  /** Not acknowledged, not resolved, opened before that, and not escalated yet; notes that they are. */
  escalate(ruleId: string, openedBefore: Instant, now: Instant): Promise<string[]>;
  /** Null when there is none; `first` when nobody had acknowledged it. The first acknowledgement stays. */
  acknowledge(id: string, by: string, now: Instant): Promise<AcknowledgedAlert | null>;
  acknowledgeAll(filter: AlertFilter, by: string, now: Instant): Promise<number>;
  deleteResolvedBefore(instant: Instant): Promise<number>;
}

export interface AcknowledgedAlert {
  title: string;
  tokenId: string;
  organizationId: string;
  first: boolean;
}

export interface AlertFilter {
  organizationId?: string | undefined;
  tokenId?: string | undefined;
  ruleId?: string | undefined;
}

/** What channels are still to be told, before their hours allow it. */
export interface PendingAlerts {
  add(pendingAlerts: readonly NewPendingAlert[], now: Instant): Promise<void>;
  /** What channels that are not disabled wait for. What waits since a time that is yet to come waits since now. */
  waiting(now: Instant): Promise<{ channelId: string; alertId: string; since: Instant; urgent: boolean }[]>;
  /** Takes them away, in the order they were added. */
  take(channelId: string, alertIds: readonly string[]): Promise<PendingAlert[]>;
}

export interface NewPendingAlert {
  channelId: string;
  alertId: string;
  why: PendingAlert['why'];
  /** Of the repetition. */
  number: number;
  urgent: boolean;
}

export interface Delivery {
  id: string;
  channel: Pick<Channel, 'id' | 'kind' | 'name' | 'sealed'>;
  message: Message;
  createdAt: Instant;
  /** This one included. */
  attempt: number;
}

export interface Deliveries {
  insert(channelId: string, message: MessageDraft, now: Instant): Promise<string>;
  /**
   * The next delivery of a channel that nobody works on: a test before anything else, else the oldest, if it is due.
   * Taken for a while. Null when nothing is due. `except`: channels this process is sending through already.
   */
  takeNext(now: Instant, except: readonly string[]): Promise<Delivery | null>;
  /** `state` null: it is tried again at `nextAt`. */
  settle(
    delivery: { id: string; channelId: string; attempt: number },
    outcome: { state: 'sent' | 'failed' | null; note: string; nextAt: Instant },
    now: Instant,
  ): Promise<void>;
  /** Tries what waits at once. */
  hurry(channelId: string, now: Instant): Promise<void>;
  deleteSettledBefore(instant: Instant): Promise<number>;
}

export interface Reports {
  /** Null when there is no such organization. `days`: how far back changes are told. */
  read(query: { organizationId: string | null; days: number; rows: number }, now: Instant): Promise<Report | null>;
}

export type SendOutcome =
  | { kind: 'sent'; note: string }
  /** `retryAfterMs`: how long the receiver asked to wait. */
  | { kind: 'failed'; note: string; retryAfterMs?: number }
  /** The receiver wants nothing more, ever. */
  | { kind: 'gone'; note: string };

/** Where channels may lead. */
export interface Targets {
  /** False for a private address, or a name of one. A name that cannot be looked up now may be reached. */
  mayReach(host: string): Promise<boolean>;
}

/** Sends through channels. Never throws for what the other side does; settings come as JSON, opened. */
export interface Notify {
  send(kind: string, settings: string, message: Message, signal?: Abort): Promise<SendOutcome>;
}

export interface Events {
  append(draft: EventDraft, now: Instant): Promise<string>;
  deleteBefore(instant: Instant): Promise<number>;
}
