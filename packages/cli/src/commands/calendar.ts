import { type CalendarFeed, routes } from '@winesap/api';
import { agoShort, shortDate } from '@winesap/api/words';
import { Command } from 'commander';
import { type App, action } from '../action.ts';
import { findNamed } from '../find/find-named.ts';
import { findOrganization } from '../find/find-policy.ts';
import { urlOfWinesap } from '../session/connection.ts';
import { tableLines } from '../terminal/table.ts';

export function calendarCommand(app: App): Command {
  return new Command('calendar')
    .description('calendar feeds: the expiry of every token, with reminders')
    .addCommand(listCommand(app))
    .addCommand(addCommand(app))
    .addCommand(revokeCommand(app));
}

function listCommand(app: App): Command {
  return new Command('list').description('all feeds, without their addresses').action(
    action(app, async (session) => {
      const answer = await session.call(routes.listCalendarFeeds, {});
      const { terminal, now } = session.context;
      session.answer(answer, () => {
        if (answer.feeds.length === 0) return ['No calendar feeds. Make one: winesap calendar add NAME'];
        const columns = ['Name', 'Organization', 'Made', 'By', 'Last read', 'Id'].map((title) => ({ title }));
        const rows = answer.feeds.map((feed) =>
          [
            feed.name,
            scopeOf(feed),
            shortDate(feed.createdAt),
            feed.createdBy,
            agoShort(feed.lastReadAt, now()),
            feed.id,
          ].map((text) => ({ text })),
        );
        return tableLines(columns, rows, Infinity, terminal.style.bold) ?? [];
      });
    }),
  );
}

function addCommand(app: App): Command {
  return new Command('add')
    .description('make a feed to subscribe to; who has its address needs no sign-in')
    .argument('<name>', 'what calendars call it')
    .option('--organization <name>', 'only the tokens of this organization; without it all')
    .action(
      action(app, async (session, name: string, options: { organization?: string }) => {
        const organization =
          options.organization === undefined ? null : await findOrganization(session, options.organization);
        const { feed, path } = await session.call(routes.addCalendarFeed, {
          body: { name, ...(organization && { organizationId: organization.id }) },
        });
        const url = `${urlOfWinesap(session.options, session.context.env)}${path}`;
        session.answer({ feed, url }, () => [
          url,
          `Subscribe to this address in Apple Calendar, Google Calendar or Outlook (${scopeOf(feed)}).`,
          'It isn’t shown again. Anyone who has it can read the calendar; winesap calendar revoke ends it.',
        ]);
      }),
    );
}

function revokeCommand(app: App): Command {
  return new Command('revoke')
    .description('end a feed: its address shows nothing any more')
    .argument('<feed>', 'its name or id, as winesap calendar list shows them')
    .action(
      action(app, async (session, meant: string) => {
        const { feeds } = await session.call(routes.listCalendarFeeds, {});
        const feed = findNamed('calendar feed', feeds, meant);
        await session.call(routes.revokeCalendarFeed, { params: { feedId: feed.id } });
        session.answer({ id: feed.id, revoked: true }, () => [`The feed “${feed.name}” is revoked.`]);
      }),
    );
}

function scopeOf({ organizationName }: CalendarFeed): string {
  return organizationName ?? 'all organizations';
}
