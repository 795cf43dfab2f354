import { type Accepted, readAccepted } from '../events/accepted.ts';
import { type CursorCollected, type CursorPage, collectCursor, cursorPages, readCursorPage } from '../paging/cursor.ts';
import type { Fields } from '../read/fields.ts';
import { type Identity, readIdentity, readTrailer, type Trailer, type Unread } from '../read/trailer.ts';
import type { CallOptions, Query } from '../transport/call.ts';
import type { Send } from '../transport/sender.ts';
import {
  readSubscription,
  readSubscriptionAdmin,
  readSubscriptionAssignment,
  type Subscription,
  type SubscriptionAdmin,
  type SubscriptionAssignment,
} from './subscription.ts';

/** One value each: how Apple expects several is not documented. */
export interface SubscriptionFilters {
  readonly parentAdamId?: string;
  readonly adamId?: string;
}

export interface SubscriptionAssignmentFilters extends SubscriptionFilters {
  readonly clientUserId?: string;
}

export interface SubscriptionAdminFilters {
  readonly adamId?: string;
  readonly includeUserState?: boolean;
}

/** Every subscription combined with every user. */
export interface ManageSubscriptions {
  /** 1 to `maxSubscriptions` (25); digits. */
  readonly adamIds: readonly string[];
  /** 1 to `maxSubscriptionClientUserIds` (1000). */
  readonly clientUserIds: readonly string[];
}

/** Whether the organization may buy subscriptions into this location. */
export interface SubscriptionManagement extends Trailer, Unread {
  readonly subscriptionManagement: boolean | null;
}

export interface SubscriptionAdminsChanged extends Identity, Unread {
  readonly versionId: string | null;
}

/** Volume subscriptions (2026): for users only, and without deltas. Refused: 9811 to 9818, also 9805 in older editions. */
export interface SubscriptionCalls {
  /**
   * Declares that this system can handle subscriptions. Until then, nobody can buy them here.
   * Source: enable-subscriptions (documented).
   */
  enableSubscriptions(options?: CallOptions): Promise<SubscriptionManagement>;
  /** Declares that it cannot. Refused with 9818 while the location holds any. Source: disable-subscriptions (documented). */
  disableSubscriptions(options?: CallOptions): Promise<SubscriptionManagement>;
  /**
   * Returns products and their seats. Those held once may appear with all counts 0. Source: get-subscriptions
   * (documented).
   */
  subscriptionPages(filters?: SubscriptionFilters, options?: CallOptions): AsyncGenerator<CursorPage<Subscription>>;
  subscriptions(filters?: SubscriptionFilters, options?: CallOptions): Promise<CursorCollected<Subscription>>;
  /** Returns who holds seats. Errors: 9812 cursor, 9813 adamId. Source: get-subscription-assignments (documented). */
  subscriptionAssignmentPages(
    filters?: SubscriptionAssignmentFilters,
    options?: CallOptions,
  ): AsyncGenerator<CursorPage<SubscriptionAssignment>>;
  subscriptionAssignments(
    filters?: SubscriptionAssignmentFilters,
    options?: CallOptions,
  ): Promise<CursorCollected<SubscriptionAssignment>>;
  /** Returns who administers subscriptions. Source: get-subscription-administrators (documented). */
  subscriptionAdminPages(
    filters?: SubscriptionAdminFilters,
    options?: CallOptions,
  ): AsyncGenerator<CursorPage<SubscriptionAdmin>>;
  subscriptionAdmins(
    filters?: SubscriptionAdminFilters,
    options?: CallOptions,
  ): Promise<CursorCollected<SubscriptionAdmin>>;
  /**
   * Assigns seats. `renewing: false`: only until the period ends. Refused immediately: 9811, 9813, 9814 user not
   * associated, 9816 too many, 9817 already has it through a group. Source: associate-subscriptions (documented).
   */
  associateSubscriptions(
    request: ManageSubscriptions & { readonly renewing?: boolean },
    options?: CallOptions,
  ): Promise<Accepted>;
  /**
   * Revokes seats. `deferred: true`: when the period ends; the notification also comes only then.
   * Source: disassociate-subscriptions (documented).
   */
  disassociateSubscriptions(
    request: ManageSubscriptions & { readonly deferred?: boolean },
    options?: CallOptions,
  ): Promise<Accepted>;
  /**
   * Makes users administrators of subscriptions they hold (9815 otherwise). Complete when it answers; there is no
   * event.
   * Source: add-subscription-administrators (documented).
   */
  addSubscriptionAdmins(request: ManageSubscriptions, options?: CallOptions): Promise<SubscriptionAdminsChanged>;
  /** Source: remove-subscription-administrators (documented). */
  removeSubscriptionAdmins(request: ManageSubscriptions, options?: CallOptions): Promise<SubscriptionAdminsChanged>;
}

const BASE = '/mdm/v2/subscriptions';

export function subscriptionCalls(send: Send): SubscriptionCalls {
  const manage = (doing: string, path: string) => (options?: CallOptions) =>
    send({ doing, method: 'POST', path }, readManagement, options);
  const list =
    <Filters extends object, Row>(doing: string, path: string, name: string, readRow: (row: Fields) => Row) =>
    (filters: Filters | undefined, options: CallOptions | undefined) =>
      cursorPages((cursor) => {
        const query: Query = { ...filters, cursor };
        const read = (answer: Fields) => readCursorPage(answer, cursor, answer.rows(name, readRow));
        return send({ doing, method: 'GET', path, query }, read, options);
      });
  const change =
    <Request extends ManageSubscriptions, Answer>(doing: string, path: string, read: (answer: Fields) => Answer) =>
    async (request: Request, options?: CallOptions): Promise<Answer> =>
      send({ doing, method: 'POST', path, body: asIntegers(request) }, read, options);

  const subscriptionPages: SubscriptionCalls['subscriptionPages'] = list(
    'retrieving subscriptions',
    BASE,
    'subscriptions',
    readSubscription,
  );
  const subscriptionAssignmentPages: SubscriptionCalls['subscriptionAssignmentPages'] = list(
    'retrieving subscription assignments',
    `${BASE}/assignments`,
    'assignments',
    readSubscriptionAssignment,
  );
  const subscriptionAdminPages: SubscriptionCalls['subscriptionAdminPages'] = list(
    'retrieving subscription administrators',
    `${BASE}/admins`,
    'admins',
    readSubscriptionAdmin,
  );
  return {
    enableSubscriptions: manage('enabling subscriptions', `${BASE}/enable`),
    disableSubscriptions: manage('disabling subscriptions', `${BASE}/disable`),
    subscriptionPages,
    subscriptions: (filters, options) => collectCursor(subscriptionPages(filters, options)),
    subscriptionAssignmentPages,
    subscriptionAssignments: (filters, options) => collectCursor(subscriptionAssignmentPages(filters, options)),
    subscriptionAdminPages,
    subscriptionAdmins: (filters, options) => collectCursor(subscriptionAdminPages(filters, options)),
    associateSubscriptions: change('associating subscriptions', `${BASE}/associate`, readAccepted),
    disassociateSubscriptions: change('disassociating subscriptions', `${BASE}/disassociate`, readAccepted),
    addSubscriptionAdmins: change('adding subscription administrators', `${BASE}/admins/add`, readAdminsChanged),
    removeSubscriptionAdmins: change(
      'removing subscription administrators',
      `${BASE}/admins/remove`,
      readAdminsChanged,
    ),
  };
}

function readManagement(answer: Fields): SubscriptionManagement {
  return {
    ...readTrailer(answer),
    subscriptionManagement: answer.flag('subscriptionManagement'),
    ...answer.rest(),
  };
}

function readAdminsChanged(answer: Fields): SubscriptionAdminsChanged {
  return { ...readIdentity(answer), versionId: answer.text('versionId'), ...answer.rest() };
}

/**
 * Apple takes these IDs as integers. A text that isn't one must not become `null` in a request that assigns licenses.
 */
function asIntegers<Request extends ManageSubscriptions>(request: Request): object {
  const adamIds = request.adamIds.map((adamId) => {
    const id = Number(adamId);
    if (!/^\d+$/.test(adamId) || !Number.isSafeInteger(id)) throw new TypeError(`no adamId: ${adamId.slice(0, 30)}`);
    return id;
  });
  return { ...request, adamIds };
}
