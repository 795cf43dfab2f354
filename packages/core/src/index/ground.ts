export { addressGroup } from '../domain/address-group.ts';
export { type AppleFailure, AppleFailureError, appleLine, appleSaid } from '../domain/apple-failure.ts';
export type { Actor, EventDraft, Level, ReceiverType } from '../domain/event.ts';
export { DAY_MS, daysUntil, HOUR_MS, type Instant, later, MINUTE_MS } from '../domain/instant.ts';
export { AGREES, type Evidence, type ListedPage, PageLedger } from '../domain/list-evidence.ts';
export { count } from '../domain/quote.ts';
export {
  askLanes,
  type Grant,
  LANES,
  LEASE_MS,
  type Lease,
  pauseFor,
  type RequestBudget,
  returnLanes,
  UNUSED,
} from '../domain/request-budget.ts';
export { SealError, type SealErrorCode } from '../domain/seal-error.ts';
export {
  batchFilePlace,
  channelPlace,
  hookPlace,
  type SealPlace,
  tokenPlace,
  uploadPlace,
} from '../domain/seal-place.ts';
export { AppError, type CodeOf, ERROR_CODES, type ErrorCode } from '../errors.ts';
