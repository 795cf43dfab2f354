import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { AlertFilter, AlertListFilter, AlertPage, AlertQuery } from '../schemas/alerts/alert.ts';
import { Report } from '../schemas/alerts/report.ts';
import { ExpiryDays, NewRule, Rule } from '../schemas/alerts/rule.ts';
import { Id } from '../schemas/common.ts';

const tag = 'Alerts';
const RuleParams = z.strictObject({ ruleId: Id });
const RULE_REFUSALS = ['channel.not-found', 'organization.not-found', 'policy.not-found', 'token.not-found'];

export const alerts = {
  listRules: defineRoute('GET', '/api/rules', {
    access: 'viewer',
    tag,
    summary: 'What is watched, and who is notified',
    response: z.object({ rules: z.array(Rule) }),
  }),
  addRule: defineRoute('POST', '/api/rules', {
    access: 'admin',
    tag,
    summary: 'Add a rule; what is already true is notified at once',
    status: 201,
    body: NewRule,
    response: z.object({ id: Id }),
    refusals: RULE_REFUSALS,
  }),
  changeRule: defineRoute('PUT', '/api/rules/{ruleId}', {
    access: 'admin',
    tag,
    summary: 'Change a rule; alerts already sent are not sent again',
    params: RuleParams,
    body: NewRule,
    refusals: ['rule.not-found', ...RULE_REFUSALS],
  }),
  removeRule: defineRoute('DELETE', '/api/rules/{ruleId}', {
    access: 'admin',
    tag,
    summary: 'Remove a rule and its alerts',
    params: RuleParams,
    refusals: ['rule.not-found'],
  }),
  changeExpiryDays: defineRoute('PUT', '/api/tokens/{tokenId}/expiry-days', {
    access: 'admin',
    tag,
    summary: 'Days before the expiry of this token, in the place of those of every rule',
    params: z.strictObject({ tokenId: Id }),
    body: z.strictObject({ days: ExpiryDays.nullable().describe('Null: those of the rules.') }),
    refusals: ['token.not-found'],
  }),
  listAlerts: defineRoute('GET', '/api/alerts', {
    access: 'viewer',
    tag,
    summary: 'Alerts, newest first',
    query: AlertQuery,
    response: AlertPage,
    refusals: ['cursor.invalid'],
  }),
  exportAlerts: defineRoute('GET', '/api/alerts.csv', {
    access: 'viewer',
    tag,
    summary: 'The same filter as CSV, streamed',
    query: AlertListFilter,
    answers: 'csv',
  }),
  acknowledgeAlert: defineRoute('POST', '/api/alerts/{alertId}/acknowledge', {
    access: 'admin',
    tag,
    summary: 'Say that you have taken it up',
    params: z.strictObject({ alertId: Id }),
    refusals: ['alert.not-found'],
  }),
  unacknowledgeAlert: defineRoute('DELETE', '/api/alerts/{alertId}/acknowledge', {
    access: 'admin',
    tag,
    summary: 'Take an acknowledgement back: the alert is open again, and repeated and escalated as its rule says',
    params: z.strictObject({ alertId: Id }),
    refusals: ['alert.not-found'],
  }),
  acknowledgeAlerts: defineRoute('POST', '/api/alerts/acknowledge', {
    access: 'admin',
    tag,
    summary: 'Say so of every open alert of a filter',
    body: AlertFilter,
    response: z.object({ acknowledged: z.number().int() }),
  }),
  getReport: defineRoute('GET', '/api/report', {
    access: 'viewer',
    tag,
    summary: 'What expires, what is broken and why, what is low on licenses, what changed',
    query: z.strictObject({
      organizationId: Id.optional(),
      days: z.coerce.number().int().min(1).max(90).default(7).describe('How far back changes are listed.'),
    }),
    response: Report,
    refusals: ['organization.not-found'],
  }),
};
