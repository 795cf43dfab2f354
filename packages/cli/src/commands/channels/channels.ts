import { type Channel, routes } from '@winesap/api';
import { shortDateTime } from '@winesap/api/words';
import { Command, Option } from 'commander';
import { type App, action } from '../../action.ts';
import { findNamed } from '../../find/find-named.ts';
import { followDelivery } from '../../follow/follow-delivery.ts';
import { intoSecretFile } from '../../input/new-secret-file.ts';
import { answerCsv } from '../../output/answer-csv.ts';
import { refusal } from '../../refusal.ts';
import type { Session } from '../../session/session.ts';
import { channelLines, deliveryLines } from '../../show/channels.ts';
import { channelsAddCommand } from './add.ts';
import { channelsEditCommand } from './edit.ts';

const CHANNEL = 'its name or id, as winesap channels list shows them';

export function channelsCommand(app: App): Command {
  return new Command('channels')
    .description('where alerts go: mail, webhooks, Slack, Teams, JSON')
    .addCommand(listCommand(app))
    .addCommand(channelsAddCommand(app))
    .addCommand(channelsEditCommand(app))
    .addCommand(testCommand(app))
    .addCommand(logCommand(app))
    .addCommand(rotateSecretCommand(app))
    .addCommand(enableCommand(app))
    .addCommand(removeCommand(app));
}

function listCommand(app: App): Command {
  return new Command('list').description('all channels, and how they are').action(
    action(app, async (session) => {
      const answer = await session.call(routes.listChannels, {});
      session.answer(answer, () => channelLines(answer.channels, session.context.terminal));
    }),
  );
}

function testCommand(app: App): Command {
  return new Command('test')
    .description('send a test message and wait for what becomes of it')
    .argument('<channel>', CHANNEL)
    .action(
      action(app, async (session, meant: string) => {
        const { id: channelId, name } = await find(session, meant);
        const { deliveryId } = await session.call(routes.testChannel, { params: { channelId } });
        const delivery = await followDelivery(session, channelId, deliveryId);
        const note = delivery.attempts.at(-1)?.note ?? '';
        session.answer(delivery, () => [
          delivery.state === 'sent' ? `${name} took the test message: ${note}` : `${name} did not take it: ${note}`,
        ]);
        return delivery.state === 'sent' ? 0 : 1;
      }),
    );
}

function logCommand(app: App): Command {
  return new Command('log')
    .description('what was sent through a channel, the newest first, with every attempt')
    .argument('<channel>', CHANNEL)
    .addOption(new Option('--limit <number>', 'at most so many').default(20).argParser(readLimit))
    .option('--csv', 'as CSV, all of them, each with its newest attempt')
    .action(
      action(app, async (session, meant: string, { limit, csv }: { limit: number; csv?: boolean }) => {
        const { id: channelId } = await find(session, meant);
        const params = { channelId };
        if (csv) {
          await answerCsv(session, () => session.open(routes.exportDeliveries, { params, query: {} }));
          return;
        }
        const page = await session.call(routes.listDeliveries, { params, query: { limit } });
        const { terminal, now } = session.context;
        session.answer(page, () => deliveryLines(page.deliveries, { terminal, now: now() }));
      }),
    );
}

function rotateSecretCommand(app: App): Command {
  return new Command('rotate-secret')
    .description('sign a webhook with a new secret; for a day with the one before as well')
    .argument('<channel>', CHANNEL)
    .requiredOption('--secret-output <file>', 'a new file for the secret, shown this once')
    .action(
      action(app, async (session, meant: string, { secretOutput }: { secretOutput: string }) => {
        const { id, name } = await find(session, meant);
        const bothUntil = await intoSecretFile(secretOutput, async () => {
          const answer = await session.call(routes.rotateChannelSecret, { params: { channelId: id } });
          return { secret: answer.secret, made: answer.bothUntil };
        });
        session.answer({ id, file: secretOutput, bothUntil }, () => [
          `${name} signs with a new secret; it is in ${secretOutput}.`,
          `Give it to the receiver. Until ${shortDateTime(bothUntil)} messages carry both signatures.`,
        ]);
      }),
    );
}

function enableCommand(app: App): Command {
  return new Command('enable')
    .description('let a channel send again that its receiver had sent away')
    .argument('<channel>', CHANNEL)
    .action(
      action(app, async (session, meant: string) => {
        const { id, name } = await find(session, meant);
        await session.call(routes.enableChannel, { params: { channelId: id } });
        session.answer({ id, enabled: true }, () => [`${name} sends again.`]);
      }),
    );
}

function removeCommand(app: App): Command {
  return new Command('remove')
    .description('remove a channel, with its log and what waits for it')
    .argument('<channel>', CHANNEL)
    .action(
      action(app, async (session, meant: string) => {
        const { id, name } = await find(session, meant);
        await session.call(routes.removeChannel, { params: { channelId: id } });
        session.answer({ id, removed: true }, () => [`${name} is removed.`]);
      }),
    );
}

async function find(session: Session, meant: string): Promise<Channel> {
  const { channels } = await session.call(routes.listChannels, {});
  return findNamed('channel', channels, meant);
}

function readLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 500) return limit;
  throw refusal('usage.limit', `“${text}” is not a number of rows.`, 'Give a whole number from 1 to 500.');
}
