export { mayActAs, type Role } from './domain/access.ts';
export { addressGroup } from './domain/address-group.ts';
export type { ChannelDraft, ChannelKind, ChannelSettings, ReportPlan } from './domain/alerts/channel.ts';
export {
  LONGEST_WAIT_MS,
  type Message,
  type MessageDraft,
  messagesFor,
  retryAfterMs,
  type Telling,
  type ToldAlert,
} from './domain/alerts/delivery.ts';
export type { AlertFacts, AssetCounts } from './domain/alerts/facts.ts';
export { refusedHeader } from './domain/alerts/header-names.ts';
export { compileTemplate } from './domain/alerts/json-template.ts';
export { type Reason, reasonsOf } from './domain/alerts/reasons.ts';
export type { Report, ReportList } from './domain/alerts/report.ts';
export type { Rule, RuleCondition, RuleDraft, RuleScope } from './domain/alerts/rule.ts';
export { isQuiet, lastMoment, mayLeave, type Timing } from './domain/alerts/timing.ts';
export { type AppleFailure, AppleFailureError, appleLine, appleSaid } from './domain/apple-failure.ts';
export {
  type Asset,
  type AssetDifference,
  type Assignment,
  assetKey,
  type Discrepancy,
  type KnownAsset,
  type LicenseCounts,
  type SaidAsset,
  UNLIMITED_COUNT,
} from './domain/asset.ts';
export { type ClaimState, holderOf, type MdmInfo, type Mode } from './domain/claim.ts';
export { discrepancyWords } from './domain/discrepancy-words.ts';
export { effectWords } from './domain/effect-words.ts';
export type { Actor, EventDraft, Level, ReceiverType } from './domain/event.ts';
export { healthWords, type NextStepKind, nextStepElsewhere } from './domain/health-words.ts';
export type { Hook, HookState, ShownAddress, ShownHook } from './domain/hook.ts';
export { type HookOff, hookWords } from './domain/hook-words.ts';
export { type Identity, kindOfOrganization, portalOf } from './domain/identity.ts';
export { DAY_MS, daysUntil, HOUR_MS, type Instant, later, MINUTE_MS } from './domain/instant.ts';
export { AGREES, type Evidence, type ListedPage, PageLedger } from './domain/list-evidence.ts';
export { Listed } from './domain/listed.ts';
export type { NameSchedule } from './domain/name-schedule.ts';
export type { Notice, NoticedUser, UserNotice } from './domain/notice.ts';
export type { Effect } from './domain/notice-effect.ts';
export { type EffectiveToken, type PolicyNode, PolicyTree } from './domain/policy-tree.ts';
export { count } from './domain/quote.ts';
export type { AssetReading, Reading, ReadingDiscrepancy, ReadingKind } from './domain/reading.ts';
export type { Release, ReleaseFailure, ReleaseState } from './domain/release.ts';
export {
  askLanes,
  type Grant,
  giveBack,
  LANES,
  LEASE_MS,
  type Lease,
  pauseFor,
  type RequestBudget,
  UNUSED,
} from './domain/request-budget.ts';
export { scanFailureWords } from './domain/scan-failure-words.ts';
export { SealError, type SealErrorCode } from './domain/seal-error.ts';
export {
  channelPlace,
  hookPlace,
  type SealPlace,
  tokenPlace,
  uploadPlace,
} from './domain/seal-place.ts';
export type { Threshold, ThresholdScope } from './domain/threshold.ts';
export { MAX_TOKEN_FILE_BYTES, readTokenFile } from './domain/token-file.ts';
export {
  DEAD,
  isSentence,
  SEVERITY,
  type Severity,
  stateOfFailure,
  TOKEN_STATES,
  type TokenState,
  tokenState,
} from './domain/token-state.ts';
export { toldUser } from './domain/told-user.ts';
export type { Trailer } from './domain/trailer.ts';
export {
  changedUser,
  filledUser,
  isActive,
  type KnownUser,
  pickUser,
  sameUser,
  type User,
  type UserChange,
  userChange,
} from './domain/user.ts';
export type { UserReading } from './domain/user-reading.ts';
export type { NamedWeighing } from './domain/weigh-reading.ts';
export { AppError, ERROR_CODES, type ErrorCode } from './errors.ts';
export type { Abort } from './ports/abort.ts';
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
} from './ports/alerts.ts';
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
} from './ports/apple.ts';
export type { Budgets } from './ports/budgets.ts';
export type { Counts } from './ports/counts.ts';
export type { Deps } from './ports/deps.ts';
export type { Doubts } from './ports/doubts.ts';
export type {
  Arrival,
  CountChange,
  CountOutcome,
  HookChange,
  Hooks,
  Notices,
  Notifications,
  StoredNotification,
} from './ports/notifications.ts';
export type { Checkpoint, ScanAttempt, ScanChanges, ScanProgress, ScanRecord, TokenRecord } from './ports/records.ts';
export type { Releases } from './ports/releases.ts';
export type { Seal } from './ports/seal.ts';
export type { SealCursor, SealedText, Seals } from './ports/seals.ts';
export type { AssetName, CompleteList, ListedPart, Place, Staging } from './ports/staging.ts';
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
} from './ports/store.ts';
export type { ToldUser, Users } from './ports/users.ts';
export { acknowledgeAlert, acknowledgeAlerts } from './use-cases/acknowledge-alerts.ts';
export { addToken } from './use-cases/add-token.ts';
export { answerDoubts } from './use-cases/answer-doubts.ts';
export { type Answer, askApple } from './use-cases/ask-apple.ts';
export { addCalendarFeed, openCalendarFeed, revokeCalendarFeed } from './use-cases/calendar-feed.ts';
export {
  addChannel,
  changeChannel,
  deleteChannel,
  enableChannel,
  openChannel,
  sendTest,
} from './use-cases/change-channels.ts';
export { changeMode } from './use-cases/change-mode.ts';
export { addRule, changeExpiryDays, changeRule, deleteRule } from './use-cases/change-rules.ts';
export {
  addOrganization,
  addPolicy,
  deleteOrganization,
  deletePolicy,
  renameOrganization,
  renamePolicy,
} from './use-cases/change-tree.ts';
export { checkToken } from './use-cases/check-token.ts';
export { spreadLateChecks, takeDueChecks } from './use-cases/check-what-is-due.ts';
export { deliverNext } from './use-cases/deliver-next.ts';
export { evaluateRules, makeDefaultRules } from './use-cases/evaluate-rules.ts';
export { releaseFailureWords } from './use-cases/finish-release.ts';
export { followRelease, resumeReleases } from './use-cases/follow-release.ts';
export { inspectTokenFile, type TokenFileInspection } from './use-cases/inspect-token-file.ts';
export { keepHook } from './use-cases/keep-hook.ts';
export { purgeEvents, resumeNotifications, resumeScans, startWhatIsDue } from './use-cases/keep-time.ts';
export { leaveUnlisted, leaveUnlistedOf } from './use-cases/leave-unlisted.ts';
export { endLinks, handOverLinks, type LinksOfPerson } from './use-cases/links-of-person.ts';
export { previewRenewal, type RenewalPreview } from './use-cases/preview-renewal.ts';
export { processNotifications } from './use-cases/process-notifications.ts';
export type { ReadFile } from './use-cases/read-location.ts';
export { readMetadata } from './use-cases/read-metadata.ts';
export { announceArrivals, arrivalOf, keepArrivals, openHook } from './use-cases/receive-notifications.ts';
export { receiveUpload, type UploadOutcome } from './use-cases/receive-upload.ts';
export { refuseNotifications } from './use-cases/refuse-notifications.ts';
export { removeToken } from './use-cases/remove-token.ts';
export { renewToken } from './use-cases/renew-token.ts';
export { replayNotifications } from './use-cases/replay-notifications.ts';
export { refuseRelease, requestRelease } from './use-cases/request-release.ts';
export { requestScan } from './use-cases/request-scan.ts';
export { type Reread, rereadAsset } from './use-cases/reread-asset.ts';
export { type Resealed, reseal } from './use-cases/reseal.ts';
export { rotateChannelSecret } from './use-cases/rotate-channel-secret.ts';
export { rotateSecret } from './use-cases/rotate-secret.ts';
export { scanLocation } from './use-cases/scan-location.ts';
export { scanNow } from './use-cases/scan-now.ts';
export { setThreshold } from './use-cases/set-threshold.ts';
export { setTokenInheritance } from './use-cases/set-token-inheritance.ts';
export { confirmUpload, declineUpload, previewUpload } from './use-cases/settle-upload.ts';
export { tellNotifications } from './use-cases/tell-notifications.ts';
export { createUploadLink, openUploadLink, revokeUploadLink } from './use-cases/upload-link.ts';
