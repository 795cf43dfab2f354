import { type ChannelKind, type NewChannel, routes } from '@winesap/api';
import { Argument, Command } from 'commander';
import { type App, action } from '../../action.ts';
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
import { intoSecretFile } from '../../input/new-secret-file.ts';
import type { Session } from '../../session/session.ts';

const KINDS = ['webhook', 'email', 'slack', 'teams', 'json'] as const satisfies readonly ChannelKind[];
const AT_ONCE = { quiet: null, digest: { kind: 'immediately' } } as const;

export function channelsAddCommand(app: App): Command {
  const command = new Command('add')
    .description('add a channel; try it with winesap channels test')
    .addArgument(new Argument('<kind>').choices(KINDS))
    .argument('<name>', 'what people call it')
    .option('--secret-output <file>', 'webhook: a new file for the secret that signs, shown this once');
  return withChannelOptions(command).action(
    action(
      app,
      async (session, kind: ChannelKind, name: string, options: ChannelOptions & { secretOutput?: string }) => {
        const body = await readChannel(session, kind, name, options);
        const add = () => session.call(routes.addChannel, { body });
        if (kind !== 'webhook') {
          const { id } = await add();
          session.answer({ id }, () => [`Added ${name}. Try it: winesap channels test "${name}"`]);
          return;
        }
        const file = needed(options.secretOutput, '--secret-output', kind);
        const id = await intoSecretFile(file, async () => {
          const made = await add();
          return { secret: made.secret ?? '', made: made.id };
        });
        session.answer({ id, file }, () => [
          `Added ${name}. The secret that signs is in ${file}.`,
          `Try it: winesap channels test "${name}"`,
        ]);
      },
    ),
  );
}

async function readChannel(
  session: Session,
  kind: ChannelKind,
  name: string,
  options: ChannelOptions,
): Promise<NewChannel> {
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const common = { name, timing: await readTiming(options, { timeZone, ...AT_ONCE }) };
  const url = async () => needed(await readUrl(session, options), '--url-file', kind);
  switch (kind) {
    case 'webhook':
    case 'slack':
    case 'teams':
      return { kind, ...common, url: await url() };
    case 'email': {
      const password = await readPassword(session, options);
      return {
        kind,
        ...common,
        host: needed(options.host, '--host', kind),
        port: readPort(options.port) ?? 587,
        security: options.security ?? 'starttls',
        ...(options.user !== undefined && { user: options.user }),
        ...(password !== undefined && { password }),
        from: needed(options.from, '--from', kind),
        to: needed(options.to, '--to', kind),
        report: await readReport(session, options),
      };
    }
    case 'json':
      return {
        kind,
        ...common,
        url: await url(),
        headers: (await readHeaders(session, options)) ?? {},
        template: needed(await readTemplate(options), '--template', kind),
      };
  }
}
