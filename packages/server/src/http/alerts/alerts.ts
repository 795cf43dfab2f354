import {
  AppError,
  acknowledgeAlert,
  acknowledgeAlerts,
  addRule,
  changeExpiryDays,
  changeRule,
  deleteRule,
  unacknowledgeAlert,
} from '@winesap/core';
import { readAlertPage, readAllAlerts } from '../../store/alerts/reads/alerts.ts';
import { readReport } from '../../store/alerts/reads/report.ts';
import { readRules } from '../../store/alerts/reads/rules.ts';
import type { Context } from '../edge/context.ts';
import { sendCsv } from '../edge/csv.ts';
import type { HandlersOf } from '../edge/handler.ts';
import { ALERT_COLUMNS } from './columns.ts';

/** The maximum number of rows in each list of the report; the rest is counted. */
const REPORT_ROWS = 500;

export function alertHandlers({ deps, db, now }: Context): HandlersOf<'alerts'> {
  return {
    listRules: async () => ({ rules: await readRules(db) }),
    addRule: async ({ body, actor }) => ({ id: await addRule(deps, body, actor) }),
    changeRule: ({ params, body, actor }) => changeRule(deps, params.ruleId, body, actor) as Promise<undefined>,
    removeRule: ({ params, actor }) => deleteRule(deps, params.ruleId, actor) as Promise<undefined>,
    changeExpiryDays: ({ params, body, actor }) =>
      changeExpiryDays(deps, params.tokenId, body.days, actor) as Promise<undefined>,
    listAlerts: ({ query }) => readAlertPage(db, query),
    exportAlerts: ({ query, reply }) => sendCsv(reply, 'alerts', ALERT_COLUMNS, readAllAlerts(db, query)),
    acknowledgeAlert: ({ params, actor }) => acknowledgeAlert(deps, params.alertId, actor) as Promise<undefined>,
    unacknowledgeAlert: ({ params, actor }) => unacknowledgeAlert(deps, params.alertId, actor) as Promise<undefined>,
    acknowledgeAlerts: async ({ body, actor }) => ({ acknowledged: await acknowledgeAlerts(deps, body, actor) }),
    getReport: async ({ query }) => {
      const asked = { organizationId: query.organizationId ?? null, days: query.days, rows: REPORT_ROWS };
      const report = await readReport(db, asked, now());
      if (report === null) throw new AppError('organization.not-found', {});
      return report;
    },
  };
}
