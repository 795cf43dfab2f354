import { Webhook } from 'standardwebhooks';
import { outcomeOf } from '../http-outcome.ts';
import { postJson } from '../post-json.ts';
import type { Send } from '../send.ts';
import { WebhookSettings } from './settings.ts';

/** Sends a message as a signed webhook: see the README beside this. */
export const sendWebhook: Send = async (settings, message, { allowPrivate, now, timeoutMs }) => {
  const { url, secret, before } = WebhookSettings.parse(settings);
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
};
