export type { Abort } from '../ports/abort.ts';
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
export type { Deps } from '../ports/deps.ts';
export type { Jobs } from '../ports/jobs.ts';
export type { Seal } from '../ports/seal.ts';
export type { Store, Tx, View } from '../ports/store.ts';
