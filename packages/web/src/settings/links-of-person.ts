import type { OpenLinks } from '@winesap/api';
import { plural } from '@winesap/api/words';

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
    ...(uploadLinks.length > 0 ? [plural(uploadLinks.length, 'upload link')] : []),
    ...(calendarFeeds.length > 0 ? [plural(calendarFeeds.length, 'calendar feed')] : []),
  ].join(' and ');
}
