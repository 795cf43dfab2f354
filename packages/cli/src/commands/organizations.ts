import { routes } from '@winesap/api';
import { count } from '@winesap/api/words';
import { Command } from 'commander';
import { type App, action } from '../action.ts';
import { tableLines } from '../terminal/table.ts';

export function organizationsCommand(app: App): Command {
  return new Command('organizations')
    .description('list and add organizations')
    .addCommand(listCommand(app))
    .addCommand(addCommand(app));
}

function listCommand(app: App): Command {
  return new Command('list').description('all organizations').action(
    action(app, async (session) => {
      const answer = await session.call(routes.listOrganizations, {});
      const { width, style } = session.context.terminal;
      session.answer(answer, () => {
        if (answer.organizations.length === 0)
          return ['No organizations yet. Add the first: winesap organizations add NAME'];
        const columns = [
          { title: 'Organization', min: 12 },
          { title: 'Policies', align: 'right' as const },
          { title: 'Tokens', align: 'right' as const },
        ];
        const rows = answer.organizations.map(({ name, policies, tokens }) => [
          { text: name },
          { text: count(policies) },
          { text: count(tokens) },
        ]);
        return tableLines(columns, rows, width, style.bold) ?? answer.organizations.map(({ name }) => name);
      });
    }),
  );
}

function addCommand(app: App): Command {
  return new Command('add')
    .description('add an organization; it starts with one policy of its name')
    .argument('<name>')
    .action(
      action(app, async (session, name: string) => {
        const organization = await session.call(routes.addOrganization, { body: { name } });
        session.answer(organization, () => [`Added ${organization.name}.`]);
      }),
    );
}
