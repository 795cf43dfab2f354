import { Webhook } from 'standardwebhooks';
import type { Send } from '../create-notify.ts';
import { outcomeOf } from '../http-outcome.ts';
import { postJson } from '../post-json.ts';
import { WebhookSettings } from './settings.ts';

/** Sends a message as a signed webhook: see the README beside this. */
export const sendWebhook: Send = async (settings, message, { allowPrivate, now, timeoutMs }) => {
  const { url, secret } = WebhookSettings.parse(settings);
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
  const headers = {
    'webhook-id': message.id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(message.id, at, body),
  };
  return outcomeOf(await postJson({ url, headers, body, allowPrivate, timeoutMs }));
};
