import { isAuthorized, readNotification, type User } from '@winesap/apple-client';
import type { Notice, NoticedUser, Notices } from '@winesap/core';
import { assignmentOf } from './map.ts';

const LICENSE_CHANGE: Readonly<Record<string, 'given' | 'taken'>> = {
  ASSOCIATE: 'given',
  DISASSOCIATE: 'taken',
  REVOKE: 'taken',
};
const USER_CHANGE: Readonly<Record<string, 'created' | 'updated' | 'retired'>> = {
  CREATE: 'created',
  UPDATE: 'updated',
  RETIRE: 'retired',
};

/** Types that change something in Winesap. */
const KNOWN: ReadonlySet<string> = new Set(['ASSET_MANAGEMENT', 'ASSET_COUNT', 'USER_MANAGEMENT', 'USER_ASSOCIATED']);

/** Creates the port that parses Apple's notifications. */
export const notices: Notices = { read: noticeOf, carriesSecret: isAuthorized };

function noticeOf(body: string): Notice | null {
  const said = readNotification(body);
  if (said === null) return null;
  const { notificationId, notificationType: type, uId } = said;
  const envelope = { notificationId, type, uId };
  switch (said.kind) {
    case 'ASSET_MANAGEMENT': {
      const change = LICENSE_CHANGE[said.type ?? ''];
      if (change === undefined) return { ...envelope, kind: 'misshapen' };
      const assignments = said.assignments.flatMap(assignmentOf);
      return { ...envelope, kind: 'assignments', change, ...outcomeOf(said), assignments, eventId: said.eventId };
    }
    case 'ASSET_COUNT': {
      const { adamId, pricingParam, countDelta: delta } = said;
      return { ...envelope, kind: 'count', adamId, pricingParam, delta };
    }
    case 'USER_MANAGEMENT': {
      const change = USER_CHANGE[said.type ?? ''];
      if (change === undefined) return { ...envelope, kind: 'unknown' };
      return { ...envelope, kind: 'users', change, ...outcomeOf(said), users: said.users.map(userOf) };
    }
    case 'USER_ASSOCIATED': {
      const users = said.associatedUsers.map(userOf);
      return { ...envelope, kind: 'users', change: 'associated', succeeded: true, errorNumber: null, users };
    }
    case 'UNLIMITED_ASSET': {
      const { adamId, pricingParam } = said.raw;
      return { ...envelope, kind: 'unlimited', adamId: textOf(adamId), pricingParam: textOf(pricingParam) };
    }
    case 'TEST_NOTIFICATION':
      return { ...envelope, kind: 'test' };
    case 'SUBSCRIPTION_MANAGEMENT':
    case 'SUBSCRIPTION_COUNT':
      return { ...envelope, kind: 'subscription' };
    case 'OTHER':
      return { ...envelope, kind: KNOWN.has(type) ? 'misshapen' : 'unknown' };
  }
}

function outcomeOf(said: { succeeded: boolean; error: { errorNumber: number | null } | null }) {
  return { succeeded: said.succeeded, errorNumber: said.error?.errorNumber ?? null };
}

function userOf({ clientUserId, email, idHash, inviteCode, status }: User): NoticedUser {
  return { clientUserId, email, idHash, inviteCode, status };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
