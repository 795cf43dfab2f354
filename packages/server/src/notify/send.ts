import type { Message, SendOutcome } from '@winesap/core';

export interface NotifyOptions {
  allowPrivate: boolean;
  now(): Date;
  /** Of one sending as a whole. Default 10 seconds. */
  timeoutMs?: number;
}

/** What a kind of channel does with a message. Throws SendError. */
export type Send = (settings: unknown, message: Message, options: Required<NotifyOptions>) => Promise<SendOutcome>;
