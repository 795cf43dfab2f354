import type { AppleFailure } from '../../domain/apple-failure.ts';
import type { Actor, EventDraft, Level } from '../../domain/event.ts';
import type { TokenRecord } from '../../ports/tokens.ts';

export type TokenReceiver = Pick<TokenRecord, 'id' | 'organizationId' | 'policyId'> & {
  identity: { uId: string; locationName: string | null };
};

/** Returns an event about a token, under its location's name. */
export function tokenEvent(
  token: TokenReceiver,
  event: { level: Level; code: string; text: string; failure?: AppleFailure | null; data?: Record<string, unknown> },
  actor: Actor | null,
): EventDraft {
  return {
    level: event.level,
    receiverType: 'vpp-token',
    receiverName: nameOf(token),
    code: event.code,
    text: event.text,
    failure: event.failure ?? null,
    organizationId: token.organizationId,
    policyId: token.policyId,
    tokenId: token.id,
    actor,
    data: { uId: token.identity.uId, ...event.data },
  };
}

export function nameOf(token: { identity: { uId: string; locationName: string | null } }): string {
  return token.identity.locationName ?? token.identity.uId;
}
