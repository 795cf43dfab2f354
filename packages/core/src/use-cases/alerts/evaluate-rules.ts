import type { AlertFacts } from '../../domain/alerts/facts.ts';
import type { Reason } from '../../domain/alerts/reason.ts';
import { QUIET_MS, reasonsOf } from '../../domain/alerts/reasons.ts';
import { DEFAULT_RULES, type Rule } from '../../domain/alerts/rule.ts';
import { HOUR_MS, type Instant, later } from '../../domain/instant.ts';
import type { NewPendingAlert } from '../../ports/alerts.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { sendWhatMayLeave } from './send-what-may-leave.ts';

type EvaluateDeps = Pick<Deps, 'store' | 'now'> & { settings: Pick<Deps['settings'], 'scanEveryMs' | 'consoleUrl'> };
type KeyedReason = Reason & { key: string };

/**
 * Opens an alert for everything that is newly true, resolves what is no longer true, repeats and escalates
 * unacknowledged alerts, and puts what may be sent into the outbox, all in one transaction. Safe to run twice, in two
 * processes, and with a clock that jumps: the database ensures that a rule sends one alert per key. Returns the number
 * of alerts opened.
 */
export async function evaluateRules(deps: EvaluateDeps): Promise<number> {
  return deps.store.write(async (tx) => {
    await tx.alerts.lock();
    const now = deps.now();
    const facts = await tx.alerts.facts();
    let opened = 0;
    for (const rule of await tx.rules.all()) {
      if (!rule.enabled) continue;
      const reasons = await reasonsUnder(tx, rule, facts, now, deps.settings.scanEveryMs);
      opened += await notifyNews(tx, rule, reasons, now);
      await notifyAgain(tx, rule, now);
    }
    await sendWhatMayLeave(tx, deps.settings.consoleUrl, now);
    return opened;
  });
}

async function reasonsUnder(
  tx: Tx,
  rule: Rule,
  facts: readonly AlertFacts[],
  now: Instant,
  scanEveryMs: number,
): Promise<Reason[]> {
  const { condition } = rule;
  const low = condition.kind === 'licenses' ? await tx.alerts.lowAssets(condition) : null;
  const failed =
    condition.kind === 'assignments' ? await tx.alerts.failedAssignments(later(now, -condition.hours * HOUR_MS)) : null;
  return facts.flatMap((one) => {
    const asked = { assets: low?.get(one.tokenId) ?? [], failedAssignments: failed?.get(one.tokenId) ?? 0 };
    return reasonsOf(rule, { ...one, ...asked }, now, scanEveryMs);
  });
}

async function notifyNews(tx: Tx, rule: Rule, reasons: readonly Reason[], now: Instant): Promise<number> {
  const open = await tx.alerts.openOf(rule.id);
  const keyBySubject = new Map(open.map(({ key, subject }) => [subject, key]));
  const keyed = reasons.map((one): KeyedReason => {
    const key = one.key ?? keyBySubject.get(one.subject) ?? `${one.subject}@${now.toISOString()}`;
    return { ...one, key };
  });

  const isTrue = new Set(keyed.map(({ key }) => key));
  const over = open.filter(({ key }) => !isTrue.has(key)).map(({ key }) => key);
  if (over.length > 0) await tx.alerts.resolve(rule.id, over, now);

  const isOpen = new Set(open.map(({ key }) => key));
  const candidates = keyed.filter(({ key }) => !isOpen.has(key));
  if (candidates.length === 0) return 0;
  const known = await tx.alerts.known(
    rule.id,
    candidates.map(({ key }) => key),
  );
  // True again under the same key: it was already sent, but reopen it.
  const back = candidates.filter(({ key, moment }) => known.has(key) && !moment).map(({ key }) => key);
  if (back.length > 0) await tx.alerts.reopen(rule.id, back);

  // In both directions: a clock that was ahead left times in the future, which must not suppress alerts for long.
  const told = await tx.alerts.notifiedBetween(rule.id, later(now, -QUIET_MS), later(now, QUIET_MS));
  const news = candidates.filter(({ key, subject }) => !known.has(key) && !told.has(subject));
  const ids = await tx.alerts.open(rule.id, news, now);
  await tx.pendingAlerts.add(
    ids.flatMap((alertId) => rule.channelIds.map((channelId) => pendingAlertOf(rule, channelId, alertId, 'new', 0))),
    now,
  );
  return ids.length;
}

async function notifyAgain(tx: Tx, rule: Rule, now: Instant): Promise<void> {
  const pendingAlerts: NewPendingAlert[] = [];
  if (rule.repeatHours !== null)
    for (const { id, times } of await tx.alerts.notifyAgain(rule.id, later(now, -rule.repeatHours * HOUR_MS), now))
      for (const channelId of rule.channelIds) pendingAlerts.push(pendingAlertOf(rule, channelId, id, 'again', times));
  if (rule.escalation !== null)
    for (const id of await tx.alerts.escalate(rule.id, later(now, -rule.escalation.afterHours * HOUR_MS), now))
      for (const channelId of rule.escalation.channelIds)
        pendingAlerts.push(pendingAlertOf(rule, channelId, id, 'escalated', 0));
  await tx.pendingAlerts.add(pendingAlerts, now);
}

function pendingAlertOf(
  { urgent }: Rule,
  channelId: string,
  alertId: string,
  why: NewPendingAlert['why'],
  number: number,
): NewPendingAlert {
  return { channelId, alertId, why, number, urgent };
}

/** Creates the rules of a fresh installation, once: deleted rules do not come back. */
export async function makeDefaultRules(deps: Pick<Deps, 'store' | 'now'>): Promise<void> {
  await deps.store.write(async (tx) => {
    if (!(await tx.rules.claimDefaults(deps.now()))) return;
    for (const rule of DEFAULT_RULES) await tx.rules.insert(rule, deps.now());
  });
}
