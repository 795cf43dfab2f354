export type { Field } from './channels/field.ts';
export { CHANNEL_KINDS, channelKind, type KindOfChannel } from './channels/kinds.ts';
export { hasName, shownSettings } from './channels/shown-settings.ts';
export { type Api, ApiProblem, type CallInput, createApi, urlOf } from './client.ts';
export { openApiDocument } from './openapi.ts';
export {
  type Access,
  type AnyRoute,
  type BodyInputOf,
  type BodyOf,
  type ParamsOf,
  type QueryInputOf,
  type QueryOf,
  type ResponseOf,
  type Route,
  TOKEN_FILE,
} from './route.ts';
export { type RouteGroups, type RouteId, type Routes, routes } from './routes.ts';
export type { Alert, AlertPage } from './schemas/alerts/alert.ts';
export type {
  Channel,
  ChannelChange,
  ChannelKind,
  ChannelSettings,
  Delivery,
  NewChannel,
} from './schemas/alerts/channel.ts';
export type { Report } from './schemas/alerts/report.ts';
export type { NewRule, Rule, RuleCondition } from './schemas/alerts/rule.ts';
export type { ReportPlan, Timing } from './schemas/alerts/timing.ts';
export type {
  Asset,
  AssetDay,
  AssetList,
  AssetTotals,
  LocatedAsset,
  LocationRef,
  LowState,
} from './schemas/asset.ts';
export type { CalendarFeed } from './schemas/calendar.ts';
export type { Event, EventPage, EventSummary, Level, ReceiverType } from './schemas/event.ts';
export type { Batch, BatchFile, BatchSummary, TokenPlace } from './schemas/files/batch.ts';
export type { OpenLinks, OpenUploadLink } from './schemas/files/open-links.ts';
export type {
  AssetChange,
  IdentityRow,
  Inspection,
  RenewalPreview,
  Saved,
  TokenFile,
} from './schemas/files/token-file.ts';
export type { LocatedUpload, UploadLink, UploadPage, UploadWaiting } from './schemas/files/upload.ts';
export {
  type AppleSaid,
  type Claim,
  type Health,
  type HealthFact,
  type Severity,
  type TokenRef,
  TokenState,
} from './schemas/health.ts';
export type { Holder, HolderKind, HolderPage, Holding } from './schemas/holder.ts';
export type { AssetDetail, LocationDetail } from './schemas/location.ts';
export type { Notification, NotificationHealth } from './schemas/notification.ts';
export type { ApiKey, OwnedKey, Person, Role } from './schemas/person.ts';
export type { Organization, Permission, PolicyDetail, PolicyNode } from './schemas/policy.ts';
export { Problem } from './schemas/problem.ts';
export type { Release } from './schemas/release.ts';
export type { Scan, ScanProgress } from './schemas/scan.ts';
export { StreamMessage } from './schemas/stream.ts';
export type { Threshold, ThresholdScope, ThresholdSetting } from './schemas/threshold.ts';
export type { ContentToken, Identity, Mode, RemovalPreview, TokenRow } from './schemas/token.ts';
export type { HolderUser, LocationUser, UserList } from './schemas/user.ts';
