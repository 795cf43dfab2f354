import type { CodeOf } from '@winesap/core';
import type { Words } from '../refusals/error-facts.ts';
import { noSuch } from '../refusals/no-such.ts';

export const NOTIFICATION_REFUSALS: Record<CodeOf<'notifications'>, Words> = {
  'notification.not-found': noSuch('notification', 'It may have been deleted with its age.'),
  'notifications.not-set': {
    status: 409,
    title: 'Apple does not notify Winesap of this location.',
    detail:
      'That needs a managed location and a public https address of this Winesap: winesap notifications status says what is missing.',
  },
};
