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
  /** The channel's settings as JSON, sealed, because they contain addresses and secrets. */
  sealed: string;
  disabled: boolean;
}

export type ChannelColumns = Omit<ChannelDraft, 'kind' | 'settings'> & { target: string; sealed: string };

export interface Channels {
  insert(channel: ChannelColumns & { id: string; kind: string }, now: Instant): Promise<void>;
  change(id: string, channel: ChannelColumns, now: Instant): Promise<void>;
  /** Returns false if it doesn't exist. Also deletes its waiting deliveries. */
  delete(id: string): Promise<boolean>;
  /** Inside `write`, locked until the transaction ends. */
  byId(id: string): Promise<Channel | null>;
  /** Returns those that are not disabled. */
  enabled(): Promise<Pick<Channel, 'id' | 'timing'>[]>;
  disable(id: string, why: string, now: Instant): Promise<void>;
  enable(id: string): Promise<void>;
  /** Returns channels with a weekly report, and when they last had one. Corrects times in the future. */
  reporting(now: Instant): Promise<{ id: string; timing: Timing; report: ReportPlan; reportedAt: Instant }[]>;
  setReported(id: string, now: Instant): Promise<void>;
}

export interface Rules {
  insert(rule: RuleDraft, now: Instant): Promise<string>;
  /** Returns false if it doesn't exist. */
  change(id: string, rule: RuleDraft): Promise<boolean>;
  /** Returns its name; null if it doesn't exist. */
  delete(id: string): Promise<string | null>;
  all(): Promise<Rule[]>;
  /** Returns true for the first caller ever. */
  claimDefaults(now: Instant): Promise<boolean>;
  /** Whether the scope's target exists. */
  scopeExists(scope: RuleDraft['scope']): Promise<boolean>;
}

export interface Alerts {
  /** Allows one evaluation at a time, across all processes, until the transaction ends. */
  lock(): Promise<void>;
  /** Returns the facts of all tokens, except those that a rule requests separately. */
  facts(): Promise<AlertFacts[]>;
  /** Returns assets that may be below the threshold, by token. */
  lowAssets(condition: Extract<RuleCondition, { kind: 'licenses' }>): Promise<ReadonlyMap<string, AssetCounts[]>>;
  /** Returns the number of assignments and releases that failed since then, by token. */
  failedAssignments(since: Instant): Promise<ReadonlyMap<string, number>>;
  /** Returns the keys of a rule's unresolved alerts. */
  openOf(ruleId: string): Promise<{ key: string; subject: string }[]>;
  /** Returns which of the keys the rule has ever sent an alert for. */
  known(ruleId: string, keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** Returns the subjects that a rule sent alerts for between the two instants. */
  notifiedBetween(ruleId: string, from: Instant, to: Instant): Promise<ReadonlySet<string>>;
  /** Opens alerts for the reasons that are new to the rule and returns their IDs; the others were already sent. */
  open(ruleId: string, reasons: readonly (Reason & { key: string })[], now: Instant): Promise<string[]>;
  reopen(ruleId: string, keys: readonly string[]): Promise<void>;
  resolve(ruleId: string, keys: readonly string[], now: Instant): Promise<void>;
  /** Returns unacknowledged, unresolved alerts that were last sent before that, and marks them as sent again. */
  notifyAgain(ruleId: string, before: Instant, now: Instant): Promise<{ id: string; times: number }[]>;
  /**
   * Returns unacknowledged, unresolved alerts that were opened before that and not escalated yet, and marks them as
   * escalated.
   */
  escalate(ruleId: string, openedBefore: Instant, now: Instant): Promise<string[]>;
  /** Returns null if it doesn't exist; `changed` if it was not acknowledged before. The first acknowledgement stays. */
  acknowledge(id: string, by: string, now: Instant): Promise<AcknowledgedAlert | null>;
  /** Returns null if it doesn't exist; `changed` if it was acknowledged and is not resolved. */
  unacknowledge(id: string): Promise<AcknowledgedAlert | null>;
  acknowledgeAll(filter: AlertFilter, by: string, now: Instant): Promise<number>;
  deleteResolvedBefore(instant: Instant): Promise<number>;
}

export interface AcknowledgedAlert {
  title: string;
  tokenId: string;
  organizationId: string;
  changed: boolean;
}

export interface AlertFilter {
  organizationId?: string | undefined;
  tokenId?: string | undefined;
  ruleId?: string | undefined;
}

/** Alerts that channels still have to send, held back until their hours allow it. */
export interface PendingAlerts {
  add(pendingAlerts: readonly NewPendingAlert[], now: Instant): Promise<void>;
  /** Returns what the enabled channels wait for. A waiting time that starts in the future counts as starting now. */
  waiting(now: Instant): Promise<{ channelId: string; alertId: string; since: Instant; urgent: boolean }[]>;
  /** Removes and returns them, in the order in which they were added. */
  take(channelId: string, alertIds: readonly string[]): Promise<PendingAlert[]>;
}

export interface NewPendingAlert {
  channelId: string;
  alertId: string;
  why: PendingAlert['why'];
  /** The number of the repetition. */
  number: number;
  urgent: boolean;
}

export interface Delivery {
  id: string;
  channel: Pick<Channel, 'id' | 'kind' | 'name' | 'sealed'>;
  message: Message;
  createdAt: Instant;
  /** Including this one. */
  attempt: number;
}

export interface Deliveries {
  insert(channelId: string, message: MessageDraft, now: Instant): Promise<string>;
  /**
   * Returns the next due delivery of a channel that no process works on, tests first, then the oldest, and leases it
   * for a while. Null if nothing is due. `except`: channels that this process already sends through.
   */
  takeNext(now: Instant, except: readonly string[]): Promise<Delivery | null>;
  /** `state` null: it is retried at `nextAt`. */
  settle(
    delivery: { id: string; channelId: string; attempt: number },
    outcome: { state: 'sent' | 'failed' | null; note: string; nextAt: Instant },
    now: Instant,
  ): Promise<void>;
  /** Makes waiting deliveries due now. */
  hurry(channelId: string, now: Instant): Promise<void>;
  deleteSettledBefore(instant: Instant): Promise<number>;
}

export interface Reports {
  /** Returns null if the organization doesn't exist. `days`: how far back changes are included. */
  read(query: { organizationId: string | null; days: number; rows: number }, now: Instant): Promise<Report | null>;
}

export type SendOutcome =
  | { kind: 'sent'; note: string }
  /** `retryAfterMs`: how long the receiver asked to wait. */
  | { kind: 'failed'; note: string; retryAfterMs?: number }
  /** The receiver permanently refuses messages. */
  | { kind: 'gone'; note: string };

/** Where channels may connect to. */
export interface Targets {
  /** Returns false for a private address, or a name of one. A name that can't be resolved now is allowed. */
  mayReach(host: string): Promise<boolean>;
}

/** Sends through channels. Never throws because of what the receiver does. Settings are opened JSON. */
export interface Notify {
  send(kind: string, settings: string, message: Message, signal?: Abort): Promise<SendOutcome>;
}

export interface Events {
  append(draft: EventDraft, now: Instant): Promise<string>;
  deleteBefore(instant: Instant): Promise<number>;
}
