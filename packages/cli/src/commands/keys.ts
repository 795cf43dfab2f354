import { type ApiKey, type OwnedKey, routes } from '@winesap/api';
import { agoShort, shortDate } from '@winesap/api/words';
import { Command } from 'commander';
import { type App, action } from '../action.ts';
import { intoSecretFile } from '../input/new-secret-file.ts';
import { refusal } from '../refusal.ts';
import { addSignInOptions, type SignInOptions, withSignIn } from '../session/with-sign-in.ts';
import { tableLines } from '../terminal/table.ts';

export function keysCommand(app: App): Command {
  return new Command('keys')
    .description('list, make and end API keys')
    .addCommand(listCommand(app))
    .addCommand(addCommand(app))
    .addCommand(removeCommand(app));
}

function listCommand(app: App): Command {
  return new Command('list')
    .description('your API keys')
    .option('--everybody', 'those of all people; for owners')
    .action(
      action(app, async (session, { everybody = false }: { everybody?: boolean }) => {
        const answer: { keys: (ApiKey | OwnedKey)[] } = everybody
          ? await session.call(routes.listAllKeys, {})
          : await session.call(routes.listKeys, {});
        const { terminal, now } = session.context;
        session.answer(answer, () => {
          if (answer.keys.length === 0) return ['No API keys.'];
          const titles = ['Name', 'Begins with', 'Made', 'Last used', 'Expires', 'Id'];
          const columns = (everybody ? ['Person', ...titles] : titles).map((title) => ({ title }));
          const rows = answer.keys.map((key) =>
            [
              ...('person' in key ? [key.person.name] : []),
              key.name,
              key.start === null ? '' : `${key.start}…`,
              shortDate(key.createdAt),
              agoShort(key.lastUsedAt, now()),
              key.expiresAt === null ? 'never' : shortDate(key.expiresAt),
              key.id,
            ].map((text) => ({ text })),
          );
          return tableLines(columns, rows, Infinity, terminal.style.bold) ?? [];
        });
      }),
    );
}

interface AddOptions extends SignInOptions {
  output: string;
  expiresIn?: string;
}

function addCommand(app: App): Command {
  const command = new Command('add')
    .description('sign in and make an API key that can do what you can; written to a file that only you can read')
    .argument('<name>', 'what it is for')
    .requiredOption('--output <file>', 'a new file for the key; - prints it')
    .option('--expires-in <days>', 'how long it works, at most 3650 days (365)');
  return addSignInOptions(command).action(
    action(app, async (session, name: string, options: AddOptions) => {
      const expiresAt =
        options.expiresIn === undefined ? undefined : expiryIn(options.expiresIn, session.context.now());
      const make = () =>
        withSignIn(session, options, async (api, signal) => {
          const body = { name, ...(expiresAt && { expiresAt }) };
          const { key, ...made } = await api.call(routes.addKey, { body, signal });
          return { secret: key, made };
        });
      if (options.output === '-') {
        const { secret, made } = await make();
        session.answer({ ...made, key: secret }, () => [secret]);
        return;
      }
      const made = await intoSecretFile(options.output, make);
      session.answer({ ...made, file: options.output }, () => [
        `The key is in ${options.output}. It expires on ${shortDate(made.expiresAt)}.`,
      ]);
    }),
  );
}

function removeCommand(app: App): Command {
  return new Command('remove')
    .description('end an API key: your own, or anybody’s if you are an owner')
    .argument('<key-id>', 'as winesap keys list shows it')
    .action(
      action(app, async (session, keyId: string) => {
        await session.call(routes.removeKey, { params: { keyId } });
        session.answer({ id: keyId, removed: true }, () => ['The key is ended.']);
      }),
    );
}

function expiryIn(days: string, now: Date): string {
  if (!/^[1-9]\d{0,3}$/.test(days) || Number(days) > 3650)
    throw refusal('usage.expires-in', `“${days}” is not a number of days.`, 'Give a whole number from 1 to 3650.');
  return new Date(now.getTime() + Number(days) * 86_400_000).toISOString();
}
