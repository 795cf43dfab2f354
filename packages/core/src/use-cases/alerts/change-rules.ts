import type { RuleDraft, RuleScope } from '../../domain/alerts/rule.ts';
import type { Actor } from '../../domain/event.ts';
import { AppError, type ErrorCode } from '../../errors.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { tokenEvent } from '../locations/token-event.ts';
import { ruleEvent } from './alerting-events.ts';

type RuleDeps = Pick<Deps, 'store' | 'now'>;

export async function addRule(deps: RuleDeps, rule: RuleDraft, actor: Actor): Promise<string> {
  return deps.store.write(async (tx) => {
    await refuseWhatIsNotThere(tx, rule);
    const id = await tx.rules.insert(rule, deps.now());
    await tx.events.append(ruleEvent({ id, name: rule.name }, 'rule.added', 'was added.', actor), deps.now());
    await tx.jobs.evaluateRules();
    return id;
  });
}

export async function changeRule(deps: RuleDeps, id: string, rule: RuleDraft, actor: Actor): Promise<void> {
  await deps.store.write(async (tx) => {
    await refuseWhatIsNotThere(tx, rule);
    if (!(await tx.rules.change(id, rule))) throw new AppError('rule.not-found', {});
    const what = rule.enabled ? 'was changed.' : 'was changed; it is off.';
    await tx.events.append(ruleEvent({ id, name: rule.name }, 'rule.changed', what, actor), deps.now());
    await tx.jobs.evaluateRules();
  });
}

export async function deleteRule(deps: RuleDeps, id: string, actor: Actor): Promise<void> {
  await deps.store.write(async (tx) => {
    const name = await tx.rules.delete(id);
    if (name === null) throw new AppError('rule.not-found', {});
    await tx.events.append(ruleEvent({ id, name }, 'rule.removed', 'was removed with its alerts.', actor), deps.now());
  });
}

/** Sets one token's own days before expiry, which replace those of every rule; null: as the rules say. */
export async function changeExpiryDays(
  deps: RuleDeps,
  tokenId: string,
  days: readonly number[] | null,
  actor: Actor,
): Promise<void> {
  await deps.store.write(async (tx) => {
    const token = await tx.tokens.byId(tokenId);
    if (token === null) throw new AppError('token.not-found', {});
    const sorted = days === null ? null : [...new Set(days)].sort((a, b) => b - a);
    await tx.tokens.setExpiryDays(tokenId, sorted);
    const text =
      sorted === null
        ? 'Its expiry reminders follow the rules.'
        : `Its expiry reminders are sent ${sorted.join(', ')} days before, instead of those of the rules.`;
    await tx.events.append(
      tokenEvent(token, { level: 'info', code: 'token.expiry-days-changed', text, data: { days: sorted } }, actor),
      deps.now(),
    );
    await tx.jobs.evaluateRules();
  });
}

async function refuseWhatIsNotThere(tx: Tx, rule: RuleDraft): Promise<void> {
  if (!(await tx.rules.scopeExists(rule.scope))) throw new AppError(NOT_FOUND[rule.scope.kind], {});
  for (const id of [...rule.channelIds, ...(rule.escalation?.channelIds ?? [])])
    if ((await tx.channels.byId(id)) === null) throw new AppError('channel.not-found', { channelId: id });
}

const NOT_FOUND: Record<RuleScope['kind'], ErrorCode> = {
  all: 'rule.not-found',
  organization: 'organization.not-found',
  policy: 'policy.not-found',
  token: 'token.not-found',
};
