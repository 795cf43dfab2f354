export type { ChannelDraft, ChannelSettings, ReportPlan } from '../domain/alerts/channel.ts';
export {
  type AlertInMessage,
  LONGEST_WAIT_MS,
  type Message,
  type MessageDraft,
  messagesFor,
  type PendingAlert,
  retryAfterMs,
} from '../domain/alerts/delivery.ts';
export type { AlertFacts, AssetCounts } from '../domain/alerts/facts.ts';
export type { Reason } from '../domain/alerts/reason.ts';
export { reasonsOf } from '../domain/alerts/reasons.ts';
export type { Report, ReportList } from '../domain/alerts/report.ts';
export type { Rule, RuleCondition, RuleDraft, RuleScope } from '../domain/alerts/rule.ts';
export { isQuiet, lastMoment, mayLeave, type Timing } from '../domain/alerts/timing.ts';
export type {
  AlertFilter,
  Alerts,
  Channel,
  Channels,
  Deliveries,
  Events,
  Notify,
  PendingAlerts,
  Reports,
  Rules,
  SendOutcome,
  Targets,
} from '../ports/alerts.ts';
export type { ChannelFacts, ChannelKind } from '../ports/channel-kinds.ts';
export { acknowledgeAlert, acknowledgeAlerts, unacknowledgeAlert } from '../use-cases/alerts/acknowledge-alerts.ts';
export {
  addChannel,
  changeChannel,
  deleteChannel,
  enableChannel,
  openChannel,
  sendTest,
} from '../use-cases/alerts/change-channels.ts';
export { addRule, changeExpiryDays, changeRule, deleteRule } from '../use-cases/alerts/change-rules.ts';
export { deliverNext } from '../use-cases/alerts/deliver-next.ts';
export { evaluateRules, makeDefaultRules } from '../use-cases/alerts/evaluate-rules.ts';
export { rotateChannelSecret } from '../use-cases/alerts/rotate-channel-secret.ts';
