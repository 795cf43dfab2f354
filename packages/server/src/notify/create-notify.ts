import type { ChannelKind, Notify } from '@winesap/core';
import { ZodError } from 'zod';
import { sendEmail } from './email/send-email.ts';
import { sendJson } from './json/send-json.ts';
import { plainWords } from './plain-words.ts';
import type { NotifyOptions, Send } from './send.ts';
import { SendError } from './send-error.ts';
import { sendSlack } from './slack/send-slack.ts';
import { sendTeams } from './teams/send-teams.ts';
import { sendWebhook } from './webhook/send-webhook.ts';

const SENDERS: Record<ChannelKind, Send> = {
  webhook: sendWebhook,
  email: sendEmail,
  slack: sendSlack,
  teams: sendTeams,
  json: sendJson,
};

const NOT_SETTINGS = 'The stored settings of this channel cannot be used. Edit the channel and save it again.';

/** What is wrong with JSON is told with its first letters, and these are secret. */
function read(settings: string): unknown {
  try {
    return JSON.parse(settings);
  } catch {
    throw new SendError(NOT_SETTINGS);
  }
}

/** The port for sending, over all kinds of channel. What goes wrong on the way is an outcome with its reason. */
export function createNotify(options: NotifyOptions): Notify {
  return {
    async send(kind, settings, message) {
      try {
        return await SENDERS[kind](read(settings), message, { timeoutMs: 10_000, ...options });
      } catch (error) {
        if (error instanceof ZodError) return { kind: 'failed', note: NOT_SETTINGS };
        return { kind: 'failed', note: plainWords(error) };
      }
    },
  };
}
