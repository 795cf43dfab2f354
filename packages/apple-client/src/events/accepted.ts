import type { Fields } from '../read/fields.ts';
import { readTrailer, type Trailer, type Unread } from '../read/trailer.ts';

/**
 * Apple took a change over and works on it. What becomes of it is told by notifications and `eventStatus`.
 * Source: eventresponse (documented).
 */
export interface Accepted extends Trailer, Unread {
  readonly eventId: string;
}

export function readAccepted(answer: Fields): Accepted {
  return { eventId: answer.needText('eventId'), ...readTrailer(answer), ...answer.rest() };
}
