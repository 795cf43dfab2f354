import { type Channel, type ChannelChange, type ChannelSettings, routes } from '@winesap/api';
import { Command } from 'commander';
import { type App, action } from '../../action.ts';
import { findNamed } from '../../find/find-named.ts';
import {
  type ChannelOptions,
  needed,
  readHeaders,
  readPassword,
  readPort,
  readReport,
  readTemplate,
  readTiming,
  readUrl,
  withChannelOptions,
} from '../../input/channel-options.ts';
import type { Session } from '../../session/session.ts';

export function channelsEditCommand(app: App): Command {
  const command = new Command('edit')
    .description('change a channel; what is not named stays')
    .argument('<channel>', 'its name or id')
    .option('--name <name>', 'another name');
  return withChannelOptions(command).action(
    action(app, async (session, meant: string, options: ChannelOptions & { name?: string }) => {
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
  { kind, name, timing: before, report }: Channel,
  settings: ChannelSettings | null,
  options: ChannelOptions,
): Promise<ChannelChange> {
  const common = { name, timing: await readTiming(options, before) };
  const url = await readUrl(session, options);
  const newUrl = url === undefined ? {} : { url };
  switch (kind) {
    case 'webhook':
    case 'slack':
    case 'teams':
      return { kind, ...common, ...newUrl };
    case 'email': {
      const stored = settings?.kind === 'email' ? settings : undefined;
      const password = await readPassword(session, options);
      const user = options.user ?? stored?.user;
      return {
        kind,
        ...common,
        host: needed(options.host ?? stored?.host, '--host', kind),
        port: readPort(options.port) ?? stored?.port ?? 587,
        security: options.security ?? stored?.security ?? 'starttls',
        ...(user !== undefined && { user }),
        ...(password !== undefined && { password }),
        from: needed(options.from ?? stored?.from, '--from', kind),
        to: needed(options.to ?? stored?.to, '--to', kind),
        report: options.report === undefined ? report : await readReport(session, options),
      };
    }
    case 'json': {
      const headers = await readHeaders(session, options);
      const stored = settings?.kind === 'json' ? settings.template : undefined;
      const template = needed((await readTemplate(options)) ?? stored, '--template', kind);
      return { kind, ...common, ...newUrl, ...(headers !== undefined && { headers }), template };
    }
  }
}
