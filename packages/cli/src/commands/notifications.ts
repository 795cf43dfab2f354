import { routes } from '@winesap/api';
import { Command, Option } from 'commander';
import { type App, action } from '../action.ts';
import { findToken } from '../find/find-token.ts';
import { answerCsv } from '../output/answer-csv.ts';
import { healthLines, notificationLines } from '../show/notifications.ts';
import { TOKEN_ARGUMENT } from './arguments.ts';

const ID_ARGUMENT = 'as winesap notifications list shows it';

export function notificationsCommand(app: App): Command {
  return new Command('notifications')
    .description('what Apple tells of changes at a location by itself')
    .addCommand(statusCommand(app))
    .addCommand(listCommand(app))
    .addCommand(showCommand(app))
    .addCommand(replayCommand(app))
    .addCommand(rotateCommand(app));
}

function statusCommand(app: App): Command {
  return new Command('status')
    .description('whether Apple notifies Winesap, what came, what waits')
    .argument('<token>', TOKEN_ARGUMENT)
    .action(
      action(app, async (session, meant: string) => {
        const { tokenId } = await findToken(session, meant);
        const health = await session.call(routes.getNotificationHealth, { params: { tokenId } });
        const { terminal, now } = session.context;
        session.answer(health, () => healthLines(health, { terminal, now: now() }));
      }),
    );
}

function listCommand(app: App): Command {
  return new Command('list')
    .description('the inbox of a location, newest first')
    .argument('<token>', TOKEN_ARGUMENT)
    .addOption(new Option('--state <state>', 'only these').choices(['waiting', 'done', 'failed']))
    .option('--type <type>', 'only of this kind, in Apple’s words: ASSET_MANAGEMENT')
    .option('--limit <n>', 'how many', '50')
    .option('--csv', 'as CSV, all that match')
    .action(
      action(app, async (session, meant: string, options: ListOptions) => {
        const { tokenId } = await findToken(session, meant);
        const params = { tokenId };
        if (options.csv) {
          await answerCsv(session, () => session.open(routes.exportNotifications, { params, query: kindOf(options) }));
          return;
        }
        const page = await session.call(routes.listNotifications, {
          params,
          query: { limit: options.limit, ...kindOf(options) },
        });
        const { terminal, now } = session.context;
        session.answer(page, () => [
          ...notificationLines(page.notifications, { terminal, now: now() }),
          ...(page.nextCursor === null ? [] : ['There are more: --limit takes up to 500, --csv gives all.']),
        ]);
      }),
    );
}

interface ListOptions {
  state?: 'waiting' | 'done' | 'failed';
  type?: string;
  limit: string;
  csv?: boolean;
}

function kindOf({ state, type }: ListOptions) {
  return { ...(state !== undefined && { state }), ...(type !== undefined && { type }) };
}

function showCommand(app: App): Command {
  return new Command('show')
    .description('a notification as it came; may name people')
    .argument('<token>', TOKEN_ARGUMENT)
    .argument('<id>', ID_ARGUMENT)
    .action(
      action(app, async (session, meant: string, notificationId: string) => {
        const { tokenId } = await findToken(session, meant);
        const one = await session.call(routes.getNotification, { params: { tokenId, notificationId } });
        const { terminal, now } = session.context;
        session.answer(one, () => [...notificationLines([one], { terminal, now: now() }), '', one.body]);
      }),
    );
}

function replayCommand(app: App): Command {
  return new Command('replay')
    .description('work on failed notifications again; of one that was worked on, read the location instead')
    .argument('<token>', TOKEN_ARGUMENT)
    .argument('[id]', `${ID_ARGUMENT}; without it all failed ones`)
    .action(
      action(app, async (session, meant: string, notificationId: string | undefined) => {
        const { tokenId } = await findToken(session, meant);
        const body = notificationId === undefined ? {} : { notificationId };
        const result = await session.call(routes.replayNotifications, { params: { tokenId }, body });
        session.answer(result, () => [
          result.scanId !== null
            ? 'It was worked on before, so the location is read instead.'
            : result.replayed === 0
              ? 'None has failed.'
              : `Worked on again: ${result.replayed}.`,
        ]);
      }),
    );
}

function rotateCommand(app: App): Command {
  return new Command('rotate-secret')
    .description('change the secret Apple sends along; both are good until Apple has the new one')
    .argument('<token>', TOKEN_ARGUMENT)
    .action(
      action(app, async (session, meant: string) => {
        const { tokenId } = await findToken(session, meant);
        const health = await session.call(routes.rotateNotificationSecret, { params: { tokenId } });
        session.answer(health, () => [
          'A new secret is on its way to Apple. winesap notifications status tells when it is there.',
        ]);
      }),
    );
}
