import { forEachEngine } from '@winesap/testkit/engines';
import { expect, test } from 'vitest';
import { createCalendarFeeds } from '../src/store/tokens/calendar-feeds.ts';

forEachEngine((_engine, open) => {
  test('a removed person cannot create a feed, and gets a refusal', async () => {
    const database = await open();

    const adding = database.db
      .transaction()
      .execute((trx) =>
        createCalendarFeeds(trx).add(
          { name: 'Dates', organizationId: null, secretHash: 'hash', createdBy: 'Lee', createdById: 'removed' },
          new Date(),
        ),
      );

    await expect(adding).rejects.toMatchObject({ code: 'person.not-found' });
  });
});
