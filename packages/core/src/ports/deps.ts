import type { Instant } from '../domain/instant.ts';
import type { Abort } from './abort.ts';
import type { Targets } from './alerts.ts';
import type { Apple } from './apple.ts';
import type { ChannelKinds } from './channel-kinds.ts';
import type { Notices } from './notifications.ts';
import type { Seal } from './seal.ts';
import type { Store } from './store.ts';

/** What every use case is given. */
export interface Deps {
  store: Store;
  apple: Apple;
  notices: Notices;
  seal: Seal;
  channelKinds: ChannelKinds;
  targets: Targets;
  now(): Instant;
  /** A new row's id, known before the row is written: what is sealed for a row names it. A UUID. */
  newId(): string;
  /** Waits so long, or until the signal stops it. */
  pause(ms: number, signal?: Abort): Promise<void>;
  /** Our `mdmInfo.id`: one per installation, for ever. */
  installationId: string;
  settings: {
    /** How often a healthy token is asked about. */
    checkEveryMs: number;
    scanEveryMs: number;
    /** How far apart two readings are that confirm each other. */
    confirmAfterMs: number;
    keepEventsDays: number;
    /** After this long without a definite answer of Apple a token is *unknown*. */
    unknownAfterMs: number;
    /** Where others reach the console, for links in messages; null when nobody said. */
    consoleUrl: string | null;
    /** Our public address for Apple, up to the location's path; null where notifications are off. */
    hookBase: string | null;
    rotateSecretEveryMs: number;
    keepNotificationsDays: number;
  };
}
