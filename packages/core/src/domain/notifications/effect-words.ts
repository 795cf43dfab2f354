import type { AskReason, Effect } from './notice-effect.ts';
import { totalOf } from './notice-effect.ts';
import { noticeWords } from './notice-words.ts';

const WHY: Record<AskReason, string> = {
  'unknown-asset': 'it is not known here',
  'rows-differ': 'the holders known here do not fit',
  'counts-differ': 'the counts known here do not fit',
  'recently-read': 'it was read a moment ago, perhaps with this change',
  'being-read': 'the location was being read',
  unlimited: 'Apple does not say its counts',
  'users-retired': 'the licenses of retired users go back without a word',
  unreadable: 'Apple said it in a form nobody knows',
};

const NOTHING: Record<Effect['kind'], string> = {
  assignments: 'Nothing changed: it was known already.',
  count: 'Nothing changed.',
  users: 'Nothing changed.',
  unlimited: 'Nothing changed.',
  test: 'A test; Apple tried our address.',
  subscription: 'Kept. Subscriptions are not shown yet.',
  unknown: 'Kept. Nobody knows this kind yet.',
  misshapen: 'Kept.',
  unreadable: 'Kept. It could not be read.',
  'no-token': 'Kept. There was no token of this location.',
  'other-location': 'Kept, and not believed: it names another location.',
};

/** The effect of one notification, in words. */
export function effectWords(one: Effect): string {
  const said = noticeWords(totalOf([one]), new Map()).replace(/^Apple notified: /, '');
  const asked = one.asked.map(({ adamId, why }) => `Asset ${adamId} is read again: ${WHY[why]}.`);
  const scan = one.scan === null ? [] : [`The location is read: ${WHY[one.scan]}.`];
  const parts = [...(said === '' ? [] : [said]), ...asked, ...scan];
  return parts.length === 0 ? NOTHING[one.kind] : parts.join(' ');
}
