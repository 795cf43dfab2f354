import { routes } from '@winesap/api';
import { shortDate } from '@winesap/api/words';
import { Command } from 'commander';
import { type App, action } from '../../action.ts';
import { findPerson } from '../../find/find-person.ts';
import { tableLines } from '../../terminal/table.ts';

export function peopleListCommand(app: App): Command {
  return new Command('list').description('who has access, with which role; for owners').action(
    action(app, async (session) => {
      const answer = await session.call(routes.listPeople, {});
      session.answer(answer, () => {
        const columns = ['Name', 'E-mail', 'Role', 'Since', 'Id'].map((title) => ({ title }));
        const rows = answer.people.map(({ name, email, role, createdAt, id }) =>
          [name, email, role, shortDate(createdAt), id].map((text) => ({ text })),
        );
        return tableLines(columns, rows, Infinity, session.context.terminal.style.bold) ?? [];
      });
    }),
  );
}

export function peopleLinksCommand(app: App): Command {
  return new Command('links')
    .description('upload links that still work and calendar feeds, with the person who made each; for owners')
    .argument('[person]', 'only those of this person: address, name or id')
    .action(
      action(app, async (session, meant: string | undefined) => {
        const { people } = await session.call(routes.listPeople, {});
        const person = meant === undefined ? null : findPerson(people, meant);
        const all = await session.call(routes.listOpenLinks, {});
        const wanted = ({ personId }: { personId: string | null }) => person === null || personId === person.id;
        const links = {
          uploadLinks: all.uploadLinks.filter(wanted),
          calendarFeeds: all.calendarFeeds.filter(wanted),
        };
        session.answer(links, () => {
          const by = ({ personId, createdBy }: { personId: string | null; createdBy: string }) =>
            personId === null ? `${createdBy} (no access)` : createdBy;
          const rows = [
            ...links.uploadLinks.map((link) => [
              by(link),
              'upload link',
              link.locationName ?? link.organizationName,
              shortDate(link.createdAt),
              shortDate(link.expiresAt),
              link.id,
            ]),
            ...links.calendarFeeds.map((feed) => [
              by(feed),
              'calendar feed',
              feed.organizationName ?? 'all organizations',
              shortDate(feed.createdAt),
              'when revoked',
              feed.id,
            ]),
          ];
          if (rows.length === 0) return ['No upload links and no calendar feeds.'];
          const columns = ['Person', 'What', 'Of', 'Made', 'Ends', 'Id'].map((title) => ({ title }));
          const cells = rows.map((row) => row.map((text) => ({ text })));
          return tableLines(columns, cells, Infinity, session.context.terminal.style.bold) ?? [];
        });
      }),
    );
}
