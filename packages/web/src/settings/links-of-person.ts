import type { OpenLinks } from '@winesap/api';
import { some } from '../parts/words.ts';

/** What a person made that works for whoever has its address. */
export function linksOf({ uploadLinks, calendarFeeds }: OpenLinks, personId: string): OpenLinks {
  return {
    uploadLinks: uploadLinks.filter((link) => link.personId === personId),
    calendarFeeds: calendarFeeds.filter((feed) => feed.personId === personId),
  };
}

/** “2 upload links and 1 calendar feed”; nothing where there are none. */
export function linksInWords({ uploadLinks, calendarFeeds }: OpenLinks): string {
  return [
    ...(uploadLinks.length > 0 ? [some(uploadLinks.length, 'upload link')] : []),
    ...(calendarFeeds.length > 0 ? [some(calendarFeeds.length, 'calendar feed')] : []),
  ].join(' and ');
}
