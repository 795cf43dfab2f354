import type { MessageDraft, PendingAlert, ReportPlan, RuleCondition, RuleScope, Timing } from '@winesap/core';
import type { ColumnType, Generated, JSONColumnType } from 'kysely';

export interface AlertTables {
  channels: {
    id: Generated<string>;
    kind: string;
    name: string;
    target: string;
    sealed: string;
    timing: JSONColumnType<Timing>;
    report: ColumnType<ReportPlan | null, string | null, string | null>;
    reported_at: Date | null;
    created_at: Date;
    taken_until: Date | null;
    disabled_at: Date | null;
    disabled_why: string | null;
  };
  rules: {
    id: Generated<string>;
    name: string;
    enabled: boolean;
    scope: JSONColumnType<RuleScope>;
    condition: JSONColumnType<RuleCondition>;
    urgent: boolean;
    repeat_hours: number | null;
    escalate_hours: number | null;
    created_at: Date;
  };
  rule_channels: { rule_id: string; channel_id: string; purpose: 'notify' | 'escalate' };
  default_rules_made: { one: Generated<boolean>; at: Date };
  alerting: { one: Generated<boolean> };
  alerts: {
    id: Generated<string>;
    number: ColumnType<number, never, never>;
    rule_id: string;
    key: string;
    subject: string;
    token_id: string;
    organization_id: string;
    title: string;
    text: string;
    opened_at: Date;
    times_notified: Generated<number>;
    notified_at: Date;
    escalated_at: Date | null;
    acknowledged_at: Date | null;
    acknowledged_by: string | null;
    resolved_at: Date | null;
  };
  pending_alerts: {
    channel_id: string;
    alert_id: string;
    why: PendingAlert['why'];
    number: number;
    urgent: boolean;
    since: Date;
  };
  deliveries: {
    id: Generated<string>;
    number: ColumnType<number, never, never>;
    channel_id: string;
    kind: MessageDraft['kind'];
    message: JSONColumnType<Omit<MessageDraft, 'kind'>>;
    created_at: Date;
    state: Generated<'waiting' | 'sent' | 'failed'>;
    attempts: Generated<number>;
    next_at: Date;
    settled_at: Date | null;
  };
  delivery_attempts: { delivery_id: string; attempt: number; at: Date; succeeded: boolean; note: string };
}
