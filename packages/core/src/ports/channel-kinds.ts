import type { ChannelSettings } from '../domain/alerts/channel.ts';
import type { Instant } from '../domain/instant.ts';
import type { ErrorCode } from '../errors.ts';

/** How a kind of channel interprets its settings. Core does not know the kinds: it asks, and passes settings on. */
export interface ChannelKind {
  /** Returns null if a setting is missing or invalid. */
  facts(settings: ChannelSettings): ChannelFacts | null;
  /**
   * Whether a stored secret that the change leaves out would be sent to another address than the one it was entered
   * for.
   */
  strandsSecret(stored: ChannelSettings, change: ChannelSettings): boolean;
  /**
   * Returns settings that sign with a secret made from `random`, and that secret in the receivers' format. An earlier
   * secret keeps signing as well, until then. Null: this kind signs nothing.
   */
  sign(
    settings: ChannelSettings,
    random: string,
    bothUntil: Instant,
  ): { settings: ChannelSettings; secret: string } | null;
}

export interface ChannelFacts {
  /** Returns how people recognize the channel, without any secrets. */
  target: string;
  /** Returns the name or address of the machine that it connects to. */
  host: string;
  /** Returns why messages can't be made from these settings; null if they can. */
  refusal: { code: ErrorCode; data: Readonly<Record<string, unknown>> } | null;
}

/** By name. Null for a kind that this version of Winesap does not know. */
export type ChannelKinds = (kind: string) => ChannelKind | null;
