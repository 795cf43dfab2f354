import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { factsOfUrl, HttpUrl } from '../by-url.ts';
import { defineKind } from '../channel-kind.ts';
import { outcomeOf } from '../http-outcome.ts';
import { postJson } from '../post-json.ts';

const Secret = z.string().startsWith('whsec_');

/** Sends a message as a signed webhook: see the README in this folder. */
export const webhook = defineKind({
  settings: z.object({
    url: HttpUrl,
    /** `whsec_` and Base64: what the receiver verifies signatures with. */
    secret: Secret,
    /** The previous secret, and until when messages are also signed with it. */
    before: z.object({ secret: Secret, until: z.iso.datetime() }).optional(),
  }),
  facts: factsOfUrl,
  sign(settings, random, bothUntil) {
    const secret = spelled(random);
    const before =
      settings.secret === undefined ? {} : { before: { secret: settings.secret, until: bothUntil.toISOString() } };
    return { settings: { ...settings, secret, ...before }, secret };
  },
  async send({ url, secret, before }, message, { allowPrivate, now, timeoutMs }) {
    const at = now();
    const body = JSON.stringify({
      type: message.kind,
      timestamp: message.createdAt,
      data: {
        title: message.title,
        text: message.text,
        total: message.total,
        link: message.link,
        alerts: message.alerts,
      },
    });
    const secrets = before !== undefined && at < new Date(before.until) ? [secret, before.secret] : [secret];
    const headers = {
      'webhook-id': message.id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      // Receivers accept any matching signature in a list separated by spaces.
      'webhook-signature': secrets.map((one) => new Webhook(one).sign(message.id, at, body)).join(' '),
    };
    return outcomeOf(await postJson({ url, headers, body, allowPrivate, timeoutMs }));
  },
});

/** In the format of Standard Webhooks: ours is Base64url, theirs plain Base64. */
function spelled(random: string): string {
  return `whsec_${Buffer.from(random, 'base64url').toString('base64')}`;
}
