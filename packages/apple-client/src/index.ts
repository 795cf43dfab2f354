export { type Asset, type PricingParam, UNLIMITED_COUNT } from './assets/asset.ts';
export type { AssetCalls } from './assets/asset-calls.ts';
export { type Assignment, assignmentKey, type UserStatus } from './assets/assignment.ts';
export type { AssetFilters, AssignmentFilters } from './assets/filters.ts';
export {
  type CatalogClient,
  type CatalogClientOptions,
  type CatalogPlatform,
  type CatalogQuery,
  createCatalogClient,
  type PurchasesQuery,
  type SearchQuery,
} from './catalog/catalog-client.ts';
export { type CatalogResource, storeItemOf } from './catalog/resource.ts';
export { type AppleClient, type AppleClientOptions, createAppleClient } from './client.ts';
export type { ClientConfig, ClientConfigRequest, NotificationTypeName } from './config/client-config.ts';
export type { ConfigCalls } from './config/config-calls.ts';
export type { LegacyClientConfig } from './config/legacy-client-config.ts';
export type { ServiceConfig } from './config/service-config.ts';
export { AppleError } from './errors/apple-error.ts';
export { AppleNoAnswer, type NoAnswerReason } from './errors/apple-no-answer.ts';
export { AppleOtherLocation } from './errors/apple-other-location.ts';
export { AppleRefusal, type ErrorInfo } from './errors/apple-refusal.ts';
export { AppleUnreadable, type UnreadableReason } from './errors/apple-unreadable.ts';
export type { TokenProblem } from './errors/token-problem.ts';
export type { Accepted } from './events/accepted.ts';
export type { ChangeCalls } from './events/change-calls.ts';
export type { ManageAssets, RevokeAssets } from './events/changes.ts';
export { chunkAssets, chunkRevoke, chunkSubscriptions, chunkUsers, type Limits } from './events/chunk.ts';
export type { EventFailure, EventStatus, EventType } from './events/event-status.ts';
export type { EventEnd, FollowOptions } from './events/follow.ts';
export { type TargetOutcome, targetOutcomes } from './events/outcomes.ts';
export { type AssetChanges, planChanges, type Step } from './events/plan-changes.ts';
export {
  assetTargets,
  holderTargets,
  subscriptionTargets,
  type Target,
  targetKey,
  userTargets,
} from './events/targets.ts';
export { createInbox, type Inbox, type InboxOptions } from './notifications/inbox.ts';
export {
  type AppleNotification,
  type AssetCountNotification,
  type AssetManagementNotification,
  type EventNotification,
  type OtherNotification,
  type PlainNotification,
  readNotification,
  type SubscriptionCountNotification,
  type SubscriptionManagementNotification,
  type UserAssociatedNotification,
  type UserManagementNotification,
} from './notifications/notification.ts';
export { createReceiver, type ReceiverOptions } from './notifications/receiver.ts';
export { isAuthorized } from './notifications/verify.ts';
export type { Collected } from './paging/collect.ts';
export type { CursorCollected, CursorPage } from './paging/cursor.ts';
export type { OneVersionOptions, VersionedPage } from './paging/one-version.ts';
export type { PageClaims, RawPage } from './paging/page.ts';
export type { Consistency, RecoveringPage } from './paging/recovering.ts';
export { parseInstant } from './read/instant.ts';
export type { Identity, MdmInfo, Open, Trailer, Unread } from './read/trailer.ts';
export type { LookupCalls, LookupRequest } from './store/lookup-calls.ts';
export { type Artwork, artworkUrl, type StoreItem } from './store/store-item.ts';
export type { Seats, Subscription, SubscriptionAdmin, SubscriptionAssignment } from './subscriptions/subscription.ts';
export type {
  ManageSubscriptions,
  SubscriptionAdminFilters,
  SubscriptionAdminsChanged,
  SubscriptionAssignmentFilters,
  SubscriptionCalls,
  SubscriptionFilters,
  SubscriptionManagement,
} from './subscriptions/subscription-calls.ts';
export type { CallOptions, Exchange, RetryOptions } from './transport/call.ts';
export { createLimiter, type Limiter, type LimiterOptions, type ResizableLimiter } from './transport/limiter.ts';
export type { Time } from './transport/time.ts';
export type { TransportOptions } from './transport/transport-options.ts';
export { isActive, type User, type UserFilters, userKey } from './users/user.ts';
export type { ManageUsers, RequestUser, UserCalls } from './users/user-calls.ts';
