import type { ChannelFacts, ChannelKind, ChannelSettings, Message, SendOutcome } from '@winesap/core';
import type { ZodType } from 'zod';

export interface SendOptions {
  allowPrivate: boolean;
  now(): Date;
  /** The timeout for one delivery as a whole. */
  timeoutMs: number;
}

/** What a kind of channel does. Its words and fields are in `api/src/channels/kinds.ts`. */
interface Definition<Settings> {
  /** The schema of stored settings. It must keep accepting everything that was ever stored. */
  settings: ZodType<Settings>;
  /** Throws SendError, or the connection's error. */
  send(settings: Settings, message: Message, options: SendOptions): Promise<SendOutcome>;
  facts(settings: Settings): Omit<ChannelFacts, 'refusal'>;
  refusal?(settings: Settings): ChannelFacts['refusal'];
  /** Settings that a change may omit, and when keeping them would send them to another address. */
  secrets?: { names: readonly (keyof Settings)[]; leadElsewhere(stored: Settings, fresh: Settings): boolean };
  sign?: ChannelKind['sign'];
}

/** A kind of channel, as core uses it and as messages are sent through it. */
export interface SendingKind extends ChannelKind {
  /** Errors: ZodError if the settings are not those of this kind; what the definition's `send` throws. */
  send(settings: unknown, message: Message, options: SendOptions): Promise<SendOutcome>;
}

/** The schema defines which settings exist; everything else is checked against it. */
export function defineKind<Settings extends object>(
  kind: { settings: ZodType<Settings> } & Definition<NoInfer<Settings>>,
): SendingKind {
  const read = (settings: ChannelSettings) => kind.settings.safeParse(settings).data ?? null;
  return {
    send: (settings, message, options) => kind.send(kind.settings.parse(settings), message, options),
    facts(settings) {
      const known = read(settings);
      return known && { ...kind.facts(known), refusal: kind.refusal?.(known) ?? null };
    },
    strandsSecret(stored, change) {
      const { secrets } = kind;
      const [before, fresh] = [read(stored), read({ ...stored, ...change })];
      if (secrets === undefined || before === null || fresh === null) return false;
      const keepsOne = secrets.names.some((name) => isThere(before[name]) && change[name as string] === undefined);
      return keepsOne && secrets.leadElsewhere(before, fresh);
    },
    sign: (settings, random, bothUntil) => kind.sign?.(settings, random, bothUntil) ?? null,
  };
}

/** An empty password, or no headers, contain nothing that could leak. */
function isThere(secret: unknown): boolean {
  if (secret === undefined || secret === '') return false;
  return typeof secret !== 'object' || Object.keys(secret ?? {}).length > 0;
}
