import type { Notify } from '@winesap/core';
import { ZodError } from 'zod';
import type { SendOptions } from './channel-kind.ts';
import { kindNamed } from './kinds.ts';
import { plainWords } from './plain-words.ts';
import { SendError } from './send-error.ts';

const NOT_SETTINGS = 'The stored settings of this channel cannot be used. Edit the channel and save it again.';

/** Error messages about JSON quote its first characters, which are secret here. */
function read(settings: string): unknown {
  try {
    return JSON.parse(settings);
  } catch {
    throw new SendError(NOT_SETTINGS);
  }
}

/** Creates the port for sending, over all kinds of channel. Any failure becomes an outcome with its reason. */
export function createNotify(options: Omit<SendOptions, 'timeoutMs'> & { timeoutMs?: number }): Notify {
  return {
    async send(kind, settings, message) {
      const sending = kindNamed(kind);
      if (sending === null) return { kind: 'failed', note: `This Winesap knows no channels of the kind ${kind}.` };
      try {
        return await sending.send(read(settings), message, { timeoutMs: 10_000, ...options });
      } catch (error) {
        if (error instanceof ZodError) return { kind: 'failed', note: NOT_SETTINGS };
        return { kind: 'failed', note: plainWords(error) };
      }
    },
  };
}
