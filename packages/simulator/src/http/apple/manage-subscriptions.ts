import type { Subscription } from '../../world/subscriptions/subscription.ts';
import {
  associateSubscriptionsWork,
  disassociateSubscriptionsWork,
} from '../../world/subscriptions/subscription-work.ts';
import { Refusal } from '../refusal.ts';
import type { TokenCall } from '../request.ts';
import { shortTrailer } from '../trailer.ts';
import { textList } from './body-lists.ts';
import { accepted } from './events.ts';

export function associateSubscriptions(call: TokenCall): object {
  const { subscriptions, users } = readManage(call);
  return accepted(
    call,
    'ASSOCIATE',
    associateSubscriptionsWork(call.location, subscriptions, users, optionalBoolean(call.body.renewing)),
  );
}

export function disassociateSubscriptions(call: TokenCall): object {
  const { subscriptions, users } = readManage(call);
  const deferred = optionalBoolean(call.body.deferred) === true;
  const missingFails = call.world.settings.unknowns.disassociateMissing === 'failure';
  let eventId = '';
  const deferredBy = deferred ? () => eventId : undefined;
  const work = disassociateSubscriptionsWork(call.location, subscriptions, users, deferredBy, missingFails);
  const answer = accepted(call, 'DISASSOCIATE', work);
  eventId = answer.eventId;
  return answer;
}

export function addSubscriptionAdmins(call: TokenCall): object {
  return changeAdmins(call, (subscription, clientUserId) => subscription.admins.add(clientUserId));
}

export function removeSubscriptionAdmins(call: TokenCall): object {
  return changeAdmins(call, (subscription, clientUserId) => subscription.admins.delete(clientUserId));
}

function changeAdmins(call: TokenCall, change: (subscription: Subscription, clientUserId: string) => unknown): object {
  const { subscriptions, users } = readManage(call);
  const pairs = subscriptions.flatMap((subscription) => users.map((user) => ({ subscription, user })));
  if (pairs.some(({ subscription, user }) => !subscription.assignments.has(user))) throw new Refusal(9815);
  for (const { subscription, user } of pairs) change(subscription, user);
  return {
    versionId: call.location.versions.text('subscriptions', call.location.versions.bump('subscriptions')),
    ...shortTrailer(call),
  };
}

/** Refuses in the order counts, form, ids, users. */
function readManage({ body, location, world }: TokenCall): { subscriptions: Subscription[]; users: readonly string[] } {
  const { limits, unknowns } = world.settings;
  const users = textList(body.clientUserIds);
  const ids: unknown[] = Array.isArray(body.adamIds) ? body.adamIds : [];
  const tooMany = (items: Iterable<unknown>, limit: number | undefined) =>
    limit !== undefined && new Set(items).size > limit;
  if (tooMany(ids, limits.maxSubscriptions) || tooMany(users.items, limits.maxSubscriptionClientUserIds)) {
    throw new Refusal(unknowns.subscriptionLimitNumber);
  }
  if (users.malformed || users.items.length === 0 || ids.length === 0) throw new Refusal(9811);
  if (new Set(users.items).size !== users.items.length || new Set(ids).size !== ids.length) throw new Refusal(9811);
  const subscriptions = ids
    .map((id) => (typeof id === 'number' ? location.subscriptions.find(id) : undefined))
    .filter((one) => one !== undefined);
  if (subscriptions.length !== ids.length) throw new Refusal(9813);
  if (users.items.some((id) => location.users.active(id)?.status !== 'Associated')) throw new Refusal(9814);
  return { subscriptions, users: users.items };
}

function optionalBoolean(value: unknown): boolean | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'boolean') throw new Refusal(9811);
  return value;
}
