export {
  BATCH_FILES_KEPT_HOURS,
  BATCH_KEPT_DAYS,
  type BatchFile,
  type BatchFinding,
  type BatchStage,
  type BatchVerdict,
  countDifferences,
  type JudgedFile,
  judgeBatch,
  MOST_BATCH_FILES,
  mayPass,
  type StoredRefusal,
  type TokenPlace,
} from '../domain/tokens/batch.ts';
export { healthWords, type NextStepKind, nextStepElsewhere } from '../domain/tokens/health-words.ts';
export { MAX_TOKEN_FILE_BYTES, readTokenFile } from '../domain/tokens/token-file.ts';
export {
  DEAD,
  hiddenExpiry,
  isSentence,
  SEVERITY,
  type Severity,
  stateOfFailure,
  TOKEN_STATES,
  type TokenState,
  tokenState,
} from '../domain/tokens/token-state.ts';
export type {
  Batch,
  Batches,
  BatchFileChange,
  CalendarFeed,
  CalendarFeeds,
  NewToken,
  TokenHealth,
  TokenRecord,
  Tokens,
  Upload,
  UploadLink,
  Uploads,
} from '../ports/tokens.ts';
export { addToken } from '../use-cases/tokens/add-token.ts';
export { type Answer, askApple } from '../use-cases/tokens/ask-apple.ts';
export {
  type BatchChange,
  changeBatchFiles,
  confirmBatch,
  discardBatch,
} from '../use-cases/tokens/batches/change-batch.ts';
export { addBatchFile, openBatch } from '../use-cases/tokens/batches/fill-batch.ts';
export { workOnBatch } from '../use-cases/tokens/batches/work-on-batch.ts';
export { addCalendarFeed, openCalendarFeed, revokeCalendarFeed } from '../use-cases/tokens/calendar-feed.ts';
export { changeMode } from '../use-cases/tokens/change-mode.ts';
export { checkToken } from '../use-cases/tokens/check-token.ts';
export { spreadLateChecks, takeDueChecks } from '../use-cases/tokens/check-what-is-due.ts';
export { inspectTokenFile, type TokenFileInspection } from '../use-cases/tokens/inspect-token-file.ts';
export { endLinks, handOverLinks, type LinksOfPerson } from '../use-cases/tokens/links-of-person.ts';
export { previewRenewal, type RenewalPreview } from '../use-cases/tokens/preview-renewal.ts';
export type { ReadFile } from '../use-cases/tokens/read-location.ts';
export { receiveUpload, type UploadOutcome } from '../use-cases/tokens/receive-upload.ts';
export { removeToken } from '../use-cases/tokens/remove-token.ts';
export { renewToken } from '../use-cases/tokens/renew-token.ts';
export { confirmUpload, declineUpload, previewUpload } from '../use-cases/tokens/settle-upload.ts';
export { createUploadLink, openUploadLink, revokeUploadLink } from '../use-cases/tokens/upload-link.ts';
