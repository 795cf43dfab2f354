import { type Channel, type ChannelChange, type ChannelSettings, channelKind, routes } from '@winesap/api';
import { Command } from 'commander';
import { type App, action } from '../../action.ts';
import { findNamed } from '../../find/find-named.ts';
import { type FieldOptions, readSettings } from '../../input/channel-fields.ts';
import { type ChannelOptions, readReport, readTiming, withChannelOptions } from '../../input/channel-options.ts';
import type { Session } from '../../session/session.ts';

type Options = FieldOptions & ChannelOptions;

export function channelsEditCommand(app: App): Command {
  const command = new Command('edit')
    .description('change a channel; what is not named stays')
    .argument('<channel>', 'its name or id')
    .option('--name <name>', 'another name');
  return withChannelOptions(command).action(
    action(app, async (session, meant: string, options: Options & { name?: string }) => {
      const { channels } = await session.callRaw(routes.listChannels, {});
      const params = { channelId: findNamed('channel', channels, meant).id };
      const { channel, settings } = await session.callRaw(routes.getChannel, { params });
      const name = options.name ?? channel.name;
      const body = await changed(session, { ...channel, name }, settings, options);
      await session.call(routes.changeChannel, { params, body });
      session.answer({ id: channel.id, changed: true }, () => [`${name} is changed.`]);
    }),
  );
}

async function changed(
  session: Session,
  { kind, name, timing: before, report: plan }: Channel,
  stored: ChannelSettings | null,
  options: Options,
): Promise<ChannelChange> {
  const timing = await readTiming(options, before);
  const settings = await readSettings(session, kind, options, stored ?? {});
  const wanted = async () => (options.report === undefined ? plan : readReport(session, options));
  const report = channelKind(kind).takesReport ? { report: await wanted() } : {};
  // The server checks it against the schema of its kind.
  return { kind, name, timing, ...settings, ...report } as ChannelChange;
}
