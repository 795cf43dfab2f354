import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { factsOfUrl, HttpUrl } from '../by-url.ts';
import { defineKind } from '../channel-kind.ts';
import { outcomeOf } from '../http-outcome.ts';
import { postJson } from '../post-json.ts';

const Secret = z.string().startsWith('whsec_');

/** Sends a message as a signed webhook: see the README beside this. */
export const webhook = defineKind({
  settings: z.object({
    url: HttpUrl,
    /** `whsec_` and Base64: what the receiver checks signatures with. */
    secret: Secret,
    /** The secret that was changed, and until when messages are signed with it as well. */
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
      // Receivers look for one that fits, among those with a space in between.
      'webhook-signature': secrets.map((one) => new Webhook(one).sign(message.id, at, body)).join(' '),
    };
    return outcomeOf(await postJson({ url, headers, body, allowPrivate, timeoutMs }));
  },
});

/** As Standard Webhooks spells secrets: ours is Base64 for addresses, theirs the plain kind. */
function spelled(random: string): string {
  return `whsec_${Buffer.from(random, 'base64url').toString('base64')}`;
}
