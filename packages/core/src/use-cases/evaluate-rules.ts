import { type Message, messagesFor } from '../domain/alerts/delivery.ts';
import { QUIET_MS, type Reason, reasonOf } from '../domain/alerts/reasons.ts';
import { DEFAULT_RULES } from '../domain/alerts/rule.ts';
import { later } from '../domain/instant.ts';
import type { Deps } from '../ports/deps.ts';

/**
 * Opens an alert for everything that is true now and was not told yet, resolves what is true no more, and puts what is to
 * be told into the outbox, all in one transaction. Safe to run twice, in two processes, and with a clock that jumps:
 * a rule tells a key once, and the database sees to it. Gives how many alerts were opened.
 */
export async function evaluateRules(deps: Pick<Deps, 'store' | 'now'>): Promise<number> {
  const now = deps.now();
  return deps.store.write(async (tx) => {
    const rules = await tx.rules.enabled();
    const facts = await tx.alerts.facts();
    const forChannel = new Map<string, Message['alerts'][number][]>();
    let opened = 0;
    for (const rule of rules) {
      const reasons = facts.map((one) => reasonOf(rule, one, now)).filter((one): one is Reason => one !== null);
      await tx.alerts.resolveOthers(
        rule.id,
        reasons.map(({ key }) => key),
        now,
      );
      const told = await tx.alerts.toldSince(rule.id, later(now, -QUIET_MS));
      const news = reasons.filter(({ subject }) => !told.has(subject));
      for (const { id, reason } of await tx.alerts.open(rule.id, news, now)) {
        opened += 1;
        const { title, text, tokenId, organizationId } = reason;
        for (const channelId of rule.channelIds) {
          const list = forChannel.get(channelId) ?? [];
          list.push({ id, title, text, tokenId, organizationId });
          forChannel.set(channelId, list);
        }
      }
    }
    for (const [channelId, alerts] of forChannel)
      for (const message of messagesFor(alerts)) await tx.deliveries.insert(channelId, message, now);
    if (forChannel.size > 0) await tx.jobs.deliver();
    return opened;
  });
}

/** The rules of a fresh installation. Made once: who deletes them does not find them again. */
export async function makeDefaultRules(deps: Pick<Deps, 'store' | 'now'>): Promise<void> {
  await deps.store.write(async (tx) => {
    if (!(await tx.rules.claimDefaults(deps.now()))) return;
    for (const rule of DEFAULT_RULES) await tx.rules.insert(rule, deps.now());
  });
}
