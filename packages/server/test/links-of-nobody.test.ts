import { forEachEngine } from '@winesap/testkit/engines';
import { expect, test } from 'vitest';
import { createCalendarFeeds } from '../src/store/tokens/calendar-feeds.ts';

forEachEngine((_engine, open) => {
  test('who was removed a moment ago makes no feed any more, and is told so', async () => {
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
