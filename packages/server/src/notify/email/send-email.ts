import { isIP } from 'node:net';
import type { Message, SendOutcome } from '@winesap/core';
import { createTransport } from 'nodemailer';
import type { SendOptions } from '../channel-kind.ts';
import { smtpStatus } from '../plain-words.ts';
import { resolveTarget } from '../resolve-target.ts';
import { mailHtml, mailText } from './mail-body.ts';
import type { EmailSettings } from './settings.ts';

/** Sends a message as email, once for all recipients: see the README in this folder. */
export async function sendEmail(
  { host, port, security, user, password, from, to }: EmailSettings,
  message: Message,
  { allowPrivate, timeoutMs }: SendOptions,
): Promise<SendOutcome> {
  const { address } = await resolveTarget(host, allowPrivate);
  const transport = createTransport({
    host: address,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    // A certificate is for the configured name; an IP address needs no server name.
    tls: isIP(host) === 0 ? { servername: host } : {},
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const { response } = await transport.sendMail({
      from,
      to,
      subject: message.title,
      text: mailText(message),
      html: mailHtml(message),
      messageId: `<${message.id}@winesap>`,
      date: new Date(message.createdAt),
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    return { kind: 'sent', note: `SMTP ${smtpStatus(response) ?? 'accepted'}` };
  } finally {
    transport.close();
  }
}
