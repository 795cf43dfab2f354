import { CHANNEL_KINDS, channelKind, type NewChannel, routes } from '@winesap/api';
import { Argument, Command } from 'commander';
import { type App, action } from '../../action.ts';
import { type FieldOptions, readSettings } from '../../input/channel-fields.ts';
import { type ChannelOptions, readReport, readTiming, withChannelOptions } from '../../input/channel-options.ts';
import { intoSecretFile } from '../../input/new-secret-file.ts';
import { refusal } from '../../refusal.ts';
import type { Session } from '../../session/session.ts';

type Options = FieldOptions & ChannelOptions & { secretOutput?: string };

const KINDS = CHANNEL_KINDS.map(({ kind }) => kind);
const SIGNED = CHANNEL_KINDS.filter(({ isSigned }) => isSigned).map(({ kind }) => kind);
const AT_ONCE = { quiet: null, digest: { kind: 'immediately' } } as const;

export function channelsAddCommand(app: App): Command {
  const command = new Command('add')
    .description('add a channel; try it with winesap channels test')
    .addArgument(new Argument('<kind>').choices(KINDS))
    .argument('<name>', 'what people call it')
    .option('--secret-output <file>', `${SIGNED.join(', ')}: a new file for the secret that signs, shown this once`);
  return withChannelOptions(command).action(
    action(app, async (session, kind: string, name: string, options: Options) => {
      const body = await readChannel(session, kind, name, options);
      const add = () => session.call(routes.addChannel, { body });
      if (!channelKind(kind).isSigned) {
        const { id } = await add();
        session.answer({ id }, () => [`Added ${name}. Try it: winesap channels test "${name}"`]);
        return;
      }
      const file = options.secretOutput;
      if (file === undefined)
        throw refusal('usage.channel', `A channel of the kind ${kind} needs --secret-output.`, 'Nothing was made.');
      const id = await intoSecretFile(file, async () => {
        const made = await add();
        return { secret: made.secret ?? '', made: made.id };
      });
      session.answer({ id, file }, () => [
        `Added ${name}. The secret that signs is in ${file}.`,
        `Try it: winesap channels test "${name}"`,
      ]);
    }),
  );
}

async function readChannel(session: Session, kind: string, name: string, options: Options): Promise<NewChannel> {
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const timing = await readTiming(options, { timeZone, ...AT_ONCE });
  const settings = await readSettings(session, kind, options, null);
  const report = channelKind(kind).takesReport ? { report: await readReport(session, options) } : {};
  // The server checks it against the schema of its kind.
  return { kind, name, timing, ...settings, ...report } as NewChannel;
}
