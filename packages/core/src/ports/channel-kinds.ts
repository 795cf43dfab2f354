import type { ChannelSettings } from '../domain/alerts/channel.ts';
import type { Instant } from '../domain/instant.ts';
import type { ErrorCode } from '../errors.ts';

/** What a kind of channel makes of its settings. Core knows no kind: it asks, and hands settings on. */
export interface ChannelKind {
  /** Null where a setting is missing, or is not what it has to be. */
  facts(settings: ChannelSettings): ChannelFacts | null;
  /** Whether a stored secret that the change leaves out would be sent to another place than the one it was typed for. */
  strandsSecret(stored: ChannelSettings, change: ChannelSettings): boolean;
  /**
   * Settings that sign with a secret made from `random`, and that secret as receivers want it. A secret that was there before
   * signs as well, until then. Null: this kind signs nothing.
   */
  sign(
    settings: ChannelSettings,
    random: string,
    bothUntil: Instant,
  ): { settings: ChannelSettings; secret: string } | null;
}

export interface ChannelFacts {
  /** What people know the channel by, without anything that opens it. */
  target: string;
  /** The name or address of the machine it connects to. */
  host: string;
  /** Why messages cannot be made from these settings; null when they can. */
  refusal: { code: ErrorCode; data: Readonly<Record<string, unknown>> } | null;
}

/** By name. Null for a kind that this Winesap does not know. */
export type ChannelKinds = (kind: string) => ChannelKind | null;
