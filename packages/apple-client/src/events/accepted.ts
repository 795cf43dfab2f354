import type { Fields } from '../read/fields.ts';
import { readTrailer, type Trailer, type Unread } from '../read/trailer.ts';

/**
 * Apple accepted a change and works on it. Notifications and `eventStatus` report the outcome.
 * Source: eventresponse (documented).
 */
export interface Accepted extends Trailer, Unread {
  readonly eventId: string;
}

export function readAccepted(answer: Fields): Accepted {
  return { eventId: answer.needText('eventId'), ...readTrailer(answer), ...answer.rest() };
}
