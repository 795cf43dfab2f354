import { Webhook } from 'standardwebhooks';
import type { Send } from '../create-notify.ts';
import { postJson } from '../post-json.ts';
import { WebhookSettings } from './settings.ts';

/** Sends a message as a signed webhook: see the README beside this. */
export const sendWebhook: Send = async (settings, message, { allowPrivate, now, timeoutMs }) => {
  const { url, secret } = WebhookSettings.parse(settings);
  const at = now();
  const body = JSON.stringify({
    type: message.alerts.length === 0 ? 'test' : 'alerts',
    timestamp: message.createdAt,
    data: { title: message.title, text: message.text, alerts: message.alerts },
  });
  const headers = {
    'webhook-id': message.id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(message.id, at, body),
  };
  const { status, text } = await postJson({ url, headers, body, allowPrivate, timeoutMs });
  if (status >= 200 && status < 300) return { kind: 'sent', note: `HTTP ${status}` };
  if (status === 410) return { kind: 'gone', note: 'The receiver answered 410: it wants no more messages.' };
  if (status >= 300 && status < 400)
    return { kind: 'failed', note: `HTTP ${status}: redirects are not followed. Give the final address.` };
  return { kind: 'failed', note: `HTTP ${status} ${text}`.trim().slice(0, 300) };
};
