import type { Instant } from '../domain/instant.ts';
import type { Abort } from './abort.ts';
import type { Targets } from './alerts.ts';
import type { Apple } from './apple.ts';
import type { ChannelKinds } from './channel-kinds.ts';
import type { Notices } from './notifications.ts';
import type { Seal } from './seal.ts';
import type { Store } from './store.ts';

/** What every use case receives. */
export interface Deps {
  store: Store;
  apple: Apple;
  notices: Notices;
  seal: Seal;
  channelKinds: ChannelKinds;
  targets: Targets;
  now(): Instant;
  /** Returns a new row's ID, a UUID. It is known before the row is written, because seals name the row. */
  newId(): string;
  /** Waits this long, or until the signal aborts. */
  pause(ms: number, signal?: Abort): Promise<void>;
  /** Our `mdmInfo.id`: one per installation, permanent. */
  installationId: string;
  settings: {
    /** How often a healthy token is checked. */
    checkEveryMs: number;
    scanEveryMs: number;
    /** The minimum time between two readings that confirm each other. */
    confirmAfterMs: number;
    keepEventsDays: number;
    /** After this long without a definite answer from Apple, a token is *unknown*. */
    unknownAfterMs: number;
    /** Where others reach the console, for links in messages; null if not configured. */
    consoleUrl: string | null;
    /** Our public address for Apple, up to the location's path; null where notifications are off. */
    hookBase: string | null;
    rotateSecretEveryMs: number;
    keepNotificationsDays: number;
  };
}
