import type { Actor, EventDraft, Level } from '../../domain/event.ts';

const SYSTEM = { receiverType: 'system', failure: null, organizationId: null, policyId: null, tokenId: null } as const;

/** Returns an event about a channel: *The channel “Mail” …*. */
export function channelEvent(
  channel: { id: string; name: string },
  level: Level,
  code: string,
  what: string,
  actor: Actor | null,
): EventDraft {
  const text = `The channel “${channel.name}” ${what}`;
  return { ...SYSTEM, level, receiverName: channel.name, code, text, actor, data: { channelId: channel.id } };
}

export function ruleEvent(rule: { id: string; name: string }, code: string, what: string, actor: Actor): EventDraft {
  const text = `The rule “${rule.name}” ${what}`;
  return { ...SYSTEM, level: 'info', receiverName: rule.name, code, text, actor, data: { ruleId: rule.id } };
}
