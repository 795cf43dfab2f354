import { isIP } from 'node:net';
import { createTransport } from 'nodemailer';
import { smtpStatus } from '../plain-words.ts';
import { resolveTarget } from '../resolve-target.ts';
import type { Send } from '../send.ts';
import { mailHtml, mailText } from './mail-body.ts';
import { EmailSettings } from './settings.ts';

/** Sends a message as mail, once for all recipients: see the README beside this. */
export const sendEmail: Send = async (settings, message, { allowPrivate, timeoutMs }) => {
  const { host, port, security, user, password, from, to } = EmailSettings.parse(settings);
  const { address } = await resolveTarget(host, allowPrivate);
  const transport = createTransport({
    host: address,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    // A certificate is for the name that was given; an address needs no telling.
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
};
