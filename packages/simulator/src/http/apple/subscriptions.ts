import { appleDay } from '../../time/instant.ts';
import { countsOf, type Subscription } from '../../world/subscriptions/subscription.ts';
import { idHashOf } from '../../world/users/user-book.ts';
import { cursorPage } from '../cursor.ts';
import { booleanParameter, listParameter } from '../query.ts';
import { Refusal } from '../refusal.ts';
import type { TokenCall } from '../request.ts';
import { shortTrailer } from '../trailer.ts';

/** The samples show `mdmInfo: null` here; a claim shows as everywhere. */
function managementAnswer(call: TokenCall): object {
  const { mdmInfo, subscriptions } = call.location;
  return { mdmInfo: mdmInfo ?? null, subscriptionManagement: subscriptions.enabled, ...shortTrailer(call) };
}

export function enableSubscriptions(call: TokenCall): object {
  call.location.subscriptions.enabled = true;
  return managementAnswer(call);
}

export function disableSubscriptions(call: TokenCall): object {
  if (call.location.subscriptions.holdsSeats) throw new Refusal(9818);
  call.location.subscriptions.enabled = false;
  return managementAnswer(call);
}

export function getSubscriptions(call: TokenCall): object {
  return cursorPage(call, 'subscriptions', filtered(call), (subscription) => ({
    parentAdamId: subscription.parentAdamId,
    adamId: subscription.adamId,
    status: subscription.owned.renewing + subscription.owned.expiring > 0 ? 'ACTIVE' : 'INACTIVE',
    periodEndDate: appleDay(subscription.periodEndsAt - 1),
    counts: countsOf(subscription),
  }));
}

export function getSubscriptionAssignments(call: TokenCall): object {
  const users = listParameter(call.request.query, 'clientUserId');
  const rows = filtered(call).flatMap((subscription) =>
    [...subscription.assignments.values()]
      .filter((one) => users === undefined || users.includes(one.clientUserId))
      .map(({ clientUserId, renewing }) => ({ adamId: subscription.adamId, clientUserId, renewing })),
  );
  return cursorPage(call, 'assignments', rows, (row) => row);
}

export function getSubscriptionAdmins(call: TokenCall): object {
  const withState = booleanParameter(call.request.query, 'includeUserState') === true;
  const rows = filtered(call).flatMap(({ adamId, admins }) =>
    [...admins].map((clientUserId) => ({ adamId, clientUserId })),
  );
  return cursorPage(call, 'admins', rows, ({ adamId, clientUserId }) => {
    const user = call.location.users.active(clientUserId);
    const idHash = user?.idHash ?? idHashOf(clientUserId);
    return { adamId, clientUserId, idHash, ...(withState ? { userStatus: user?.status ?? 'Retired' } : {}) };
  });
}

/** By `adamId` and `parentAdamId`, each of which may name several; 9813 for what is no number. */
function filtered(call: TokenCall): Subscription[] {
  const ids = numbers(call, 'adamId');
  const parents = numbers(call, 'parentAdamId');
  return call.location.subscriptions.all.filter(
    ({ adamId, parentAdamId }) =>
      (ids === undefined || ids.includes(adamId)) &&
      (parents === undefined || (parentAdamId !== null && parents.includes(parentAdamId))),
  );
}

function numbers(call: TokenCall, name: string): number[] | undefined {
  const texts = listParameter(call.request.query, name);
  if (texts?.some((text) => !/^\d{1,15}$/.test(text))) throw new Refusal(9813);
  return texts?.map(Number);
}
