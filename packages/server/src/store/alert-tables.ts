import type { ChannelKind, Message, RuleCondition, RuleScope } from '@winesap/core';
import type { ColumnType, Generated, JSONColumnType } from 'kysely';

export interface AlertTables {
  channels: {
    id: Generated<string>;
    kind: ChannelKind;
    name: string;
    target: string;
    sealed: string;
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
    created_at: Date;
  };
  rule_channels: { rule_id: string; channel_id: string };
  default_rules_made: { one: Generated<boolean>; at: Date };
  alerts: {
    id: Generated<string>;
    rule_id: string;
    key: string;
    subject: string;
    token_id: string;
    organization_id: string;
    title: string;
    text: string;
    opened_at: Date;
    acknowledged_at: Date | null;
    acknowledged_by: string | null;
    resolved_at: Date | null;
  };
  deliveries: {
    id: Generated<string>;
    number: ColumnType<number, never, never>;
    channel_id: string;
    message: JSONColumnType<Omit<Message, 'id' | 'createdAt'>>;
    created_at: Date;
    state: Generated<'waiting' | 'sent' | 'failed'>;
    attempts: Generated<number>;
    next_at: Date;
    settled_at: Date | null;
  };
  delivery_attempts: { delivery_id: string; attempt: number; at: Date; succeeded: boolean; note: string };
}
