import { defineKind } from '../channel-kind.ts';
import { sendEmail } from './send-email.ts';
import { EmailSettings } from './settings.ts';

/** Email through your own server: see the README in this folder. */
export const email = defineKind({
  settings: EmailSettings,
  facts: ({ host, to }) => ({ target: to.join(', '), host }),
  secrets: {
    names: ['password'],
    leadElsewhere: (stored, fresh) =>
      stored.host !== fresh.host ||
      stored.user !== fresh.user ||
      (stored.security !== 'none' && fresh.security === 'none'),
  },
  send: sendEmail,
});
