import type { Message } from '../domain/alerts/delivery.ts';
import type { AlertFacts } from '../domain/alerts/facts.ts';
import type { Reason } from '../domain/alerts/reasons.ts';
import type { Rule, RuleDraft } from '../domain/alerts/rule.ts';
import type { Instant } from '../domain/instant.ts';
import type { Abort } from './abort.ts';

export type ChannelKind = 'webhook' | 'email';

export interface Channel {
  id: string;
  kind: ChannelKind;
  name: string;
  /** The channel's settings as JSON, sealed: they hold addresses and secrets. */
  sealed: string;
}

export interface Channels {
  insert(channel: Omit<Channel, 'id'> & { target: string }, now: Instant): Promise<string>;
  /** False when there is none. Deliveries that wait go with it. */
  delete(id: string): Promise<boolean>;
  byId(id: string): Promise<Channel | null>;
  disable(id: string, why: string, now: Instant): Promise<void>;
}

export interface Rules {
  insert(rule: RuleDraft, now: Instant): Promise<string>;
  /** False when there is none. */
  change(id: string, rule: RuleDraft): Promise<boolean>;
  delete(id: string): Promise<boolean>;
  enabled(): Promise<Rule[]>;
  /** True for the first caller ever. */
  claimDefaults(now: Instant): Promise<boolean>;
}

export interface Alerts {
  facts(): Promise<AlertFacts[]>;
  /** Subjects told by a rule since then. */
  toldSince(ruleId: string, instant: Instant): Promise<ReadonlySet<string>>;
  /** Those that were not known under the rule, with their new ids; the rest are what was told already. */
  open(ruleId: string, reasons: readonly Reason[], now: Instant): Promise<{ id: string; reason: Reason }[]>;
  /** Marks resolved what is open under the rule and not among these keys. */
  resolveOthers(ruleId: string, keys: readonly string[], now: Instant): Promise<void>;
  /** False when there is none. The first acknowledgement stays. */
  acknowledge(id: string, by: string, now: Instant): Promise<boolean>;
}

export interface Delivery {
  id: string;
  channel: Channel;
  message: Message;
  createdAt: Instant;
  /** This one included. */
  attempt: number;
}

export interface Deliveries {
  insert(channelId: string, message: Omit<Message, 'id' | 'createdAt'>, now: Instant): Promise<string>;
  /** The oldest waiting delivery of a channel that nobody works on; taken until `until`. Null when nothing is due. */
  takeNext(now: Instant, until: Instant): Promise<Delivery | null>;
  /** `state` null: it is tried again at `nextAt`. */
  settle(
    delivery: { id: string; channelId: string; attempt: number },
    outcome: { state: 'sent' | 'failed' | null; note: string; nextAt: Instant },
    now: Instant,
  ): Promise<void>;
}

export type SendOutcome =
  | { kind: 'sent'; note: string }
  | { kind: 'failed'; note: string }
  /** The receiver wants nothing more, ever. */
  | { kind: 'gone'; note: string };

/** Sends through channels. Never throws for what the other side does; settings come as JSON, opened. */
export interface Notify {
  send(kind: ChannelKind, settings: string, message: Message, signal?: Abort): Promise<SendOutcome>;
}
