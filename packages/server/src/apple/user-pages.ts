import type { AppleClient, CallOptions } from '@winesap/apple-client';
import type { UserPage } from '@winesap/core';
import { translate } from './apple-failure.ts';
import { userOf } from './map.ts';

/**
 * One reading of the users, or of those who changed since a version. It ends before the difference that the client
 * would append: users who changed in the meantime are read separately, because the order of two states of one user
 * matters.
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
      // The first page again: the read restarted.
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
