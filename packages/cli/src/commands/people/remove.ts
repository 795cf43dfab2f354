import { type OpenLinks, type Person, routes } from '@winesap/api';
import { plural } from '@winesap/api/words';
import { Command, Option } from 'commander';
import { type App, action } from '../../action.ts';
import { findPerson } from '../../find/find-person.ts';
import { confirm } from '../../session/confirm.ts';
import { addSignInOptions, type SignInOptions, withSignIn } from '../../session/with-sign-in.ts';
import { printable } from '../../terminal/printable.ts';

interface Options extends SignInOptions {
  links: 'end' | 'hand-over';
  yes?: boolean;
}

export function peopleRemoveCommand(app: App): Command {
  const command = new Command('remove')
    .description('sign in as an owner and take a person’s access away: sessions, API keys, and what they shared')
    .argument('<person>', 'address, name or id')
    .addOption(
      new Option('--links <what>', 'upload links and calendar feeds that the person made: end, or hand-over to you')
        .choices(['end', 'hand-over'])
        .default('end'),
    )
    .option('--yes', 'do it without asking');
  return addSignInOptions(command).action(
    action(app, async (session, meant: string, options: Options) => {
      const removed = await withSignIn(session, options, async (api, signal) => {
        const person = findPerson((await api.call(routes.listPeople, { signal })).people, meant);
        const links = ofPerson(await api.call(routes.listOpenLinks, { signal }), person);
        if (!session.options.json)
          for (const line of warning(person, links, options.links)) session.context.terminal.out(line);
        await confirm(session, `Remove ${printable(person.name)}?`, {
          ...(options.yes !== undefined && { yes: options.yes }),
          stdinTaken: options.passwordFile === '-',
        });
        await api.call(routes.removePerson, {
          params: { personId: person.id },
          query: { links: options.links },
          signal,
        });
        return { person, links };
      });
      const { id, email, name } = removed.person;
      session.answer({ id, email, removed: true, links: options.links, ...removed.links }, () => [
        `${name} no longer has access.`,
      ]);
    }),
  );
}

function ofPerson({ uploadLinks, calendarFeeds }: OpenLinks, person: Person): OpenLinks {
  const own = ({ personId }: { personId: string | null }) => personId === person.id;
  return { uploadLinks: uploadLinks.filter(own), calendarFeeds: calendarFeeds.filter(own) };
}

/** What happens to the addresses that others have. */
function warning(person: Person, { uploadLinks, calendarFeeds }: OpenLinks, fate: Options['links']): string[] {
  const head = `${person.name} (${person.email}) is signed out everywhere, and their API keys end.`;
  if (uploadLinks.length + calendarFeeds.length === 0) return [head].map(printable);
  const what = [
    ...(uploadLinks.length > 0 ? [plural(uploadLinks.length, 'upload link')] : []),
    ...(calendarFeeds.length > 0 ? [plural(calendarFeeds.length, 'calendar feed')] : []),
  ].join(' and ');
  const each = [
    ...uploadLinks.map((link) => `  · upload link for ${link.locationName ?? link.organizationName}`),
    ...calendarFeeds.map((feed) => `  · calendar feed “${feed.name}”`),
  ];
  const end =
    fate === 'end'
      ? `${what} stop working; customers and calendars that use them need new ones (--links hand-over keeps them):`
      : `${what} keep working and become yours; the person may still know the addresses:`;
  return [head, end, ...each].map(printable);
}
