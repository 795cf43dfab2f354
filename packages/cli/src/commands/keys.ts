import { routes } from '@winesap/api';
import { Command } from 'commander';
import { type App, action } from '../action.ts';
import { intoSecretFile } from '../new-secret-file.ts';
import { refusal } from '../refusal.ts';
import { tableLines } from '../terminal/table.ts';
import { ago, day } from '../words/time.ts';

export function keysCommand(app: App): Command {
  return new Command('keys')
    .description('list, make and end your API keys')
    .addCommand(listCommand(app))
    .addCommand(addCommand(app))
    .addCommand(removeCommand(app));
}

function listCommand(app: App): Command {
  return new Command('list').description('your API keys').action(
    action(app, async (session) => {
      const answer = await session.call(routes.listKeys, {});
      const { terminal, now } = session.context;
      session.answer(answer, () => {
        if (answer.keys.length === 0) return ['No API keys.'];
        const columns = ['Name', 'Begins with', 'Made', 'Last used', 'Id'].map((title) => ({ title }));
        const rows = answer.keys.map((key) => [
          { text: key.name },
          { text: key.start === null ? '' : `${key.start}…` },
          { text: day(key.createdAt) },
          { text: ago(key.lastUsedAt, now()) },
          { text: key.id },
        ]);
        return tableLines(columns, rows, Infinity, terminal.style.bold) ?? [];
      });
    }),
  );
}

function addCommand(app: App): Command {
  return new Command('add')
    .description('make an API key that may do what you may; written to a file that only you can read')
    .argument('<name>', 'what it is for')
    .requiredOption('--output <file>', 'a new file for the key; - prints it')
    .option('--expires-in <days>', 'ends by itself after so many days')
    .action(
      action(app, async (session, name: string, options: { output: string; expiresIn?: string }) => {
        const expiresAt =
          options.expiresIn === undefined ? undefined : expiryIn(options.expiresIn, session.context.now());
        const make = async () => {
          const { key, ...made } = await session.call(routes.addKey, {
            body: { name, ...(expiresAt && { expiresAt }) },
          });
          return { secret: key, made };
        };
        if (options.output === '-') {
          const { secret, made } = await make();
          session.answer({ ...made, key: secret }, () => [secret]);
          return;
        }
        const made = await intoSecretFile(options.output, make);
        session.answer({ ...made, file: options.output }, () => [`The key is in ${options.output}.`]);
      }),
    );
}

function removeCommand(app: App): Command {
  return new Command('remove')
    .description('end an API key')
    .argument('<key-id>', 'as winesap keys list shows it')
    .action(
      action(app, async (session, keyId: string) => {
        await session.call(routes.removeKey, { params: { keyId } });
        session.answer({ id: keyId, removed: true }, () => ['The key is ended.']);
      }),
    );
}

function expiryIn(days: string, now: Date): string {
  if (!/^[1-9]\d{0,4}$/.test(days))
    throw refusal('usage.expires-in', `“${days}” is not a number of days.`, 'Give a whole number, like 90.');
  return new Date(now.getTime() + Number(days) * 86_400_000).toISOString();
}
