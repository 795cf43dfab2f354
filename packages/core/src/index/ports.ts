export type { Abort } from '../ports/abort.ts';
export type {
  AlertFilter,
  Alerts,
  Channel,
  Channels,
  Deliveries,
  Notify,
  Reports,
  Rules,
  SendOutcome,
  Targets,
  Tellings,
} from '../ports/alerts.ts';
export type {
  Account,
  Apple,
  AppleLocation,
  AssetMetadata,
  AssignmentPage,
  ClientConfig,
  Effort,
  EventProgress,
  PagePlace,
  UserPage,
} from '../ports/apple.ts';
export type { Budgets } from '../ports/budgets.ts';
export type { Counts } from '../ports/counts.ts';
export type { Deps } from '../ports/deps.ts';
export type { Doubts } from '../ports/doubts.ts';
export type {
  Arrival,
  CountChange,
  CountOutcome,
  HookChange,
  Hooks,
  Notices,
  Notifications,
  StoredNotification,
} from '../ports/notifications.ts';
export type { Checkpoint, ScanAttempt, ScanChanges, ScanProgress, ScanRecord, TokenRecord } from '../ports/records.ts';
export type { Releases } from '../ports/releases.ts';
export type { Seal } from '../ports/seal.ts';
export type { SealCursor, SealedText, Seals } from '../ports/seals.ts';
export type { AssetName, CompleteList, ListedPart, Place, Staging } from '../ports/staging.ts';
export type {
  Assets,
  CalendarFeed,
  CalendarFeeds,
  Events,
  Jobs,
  Metadata,
  NewToken,
  Organizations,
  Policies,
  Readings,
  Scans,
  Store,
  Thresholds,
  TokenHealth,
  Tokens,
  Tx,
  Upload,
  UploadLink,
  Uploads,
} from '../ports/store.ts';
export type { ToldUser, Users } from '../ports/users.ts';
