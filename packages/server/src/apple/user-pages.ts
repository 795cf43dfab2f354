import type { AppleClient, CallOptions } from '@winesap/apple-client';
import type { UserPage } from '@winesap/core';
import { translate } from './apple-failure.ts';
import { userOf } from './map.ts';

/**
 * One reading of the users, or of those who changed since a version. It ends before what the client would read after
 * it: who changed meanwhile is asked for as a difference of its own, because the order of two states of one user counts.
 */
export async function* userPages(
  client: AppleClient,
  sinceVersion: string | null,
  options: CallOptions,
  onMoreAhead: () => void,
): AsyncGenerator<UserPage> {
  let resumeVersion: string | null = null;
  try {
    for await (const page of client.userPages(sinceVersion === null ? {} : { sinceVersionId: sinceVersion }, options)) {
      if (page.phase === 'delta') return;
      if (page.nextPageIndex !== null) onMoreAhead();
      // Again the first page: the reading began anew.
      if (page.phase === 'pass' && page.pageIndex === 0) resumeVersion = page.resumeVersionId;
      const { consistency } = page;
      yield {
        rows: page.rows.map(userOf),
        list: { pageIndex: page.pageIndex, listed: page.rows.length, said: page.said },
        resumeVersion: resumeVersion ?? page.resumeVersionId,
        consistency: consistency === 'recovered' ? 'moved' : consistency,
      };
    }
  } catch (error) {
    throw translate(error);
  }
}
