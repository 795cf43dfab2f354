import { readFile } from 'node:fs/promises';
import type { Timing } from '@winesap/api';
import { type Command, Option } from 'commander';
import { findOrganization } from '../find/find-policy.ts';
import { refusal } from '../refusal.ts';
import { readSecretFile } from '../session/read-secret-file.ts';
import type { Session } from '../session/session.ts';
import { readDigest, readQuiet, readReportTime } from '../words/timing.ts';

/** What a channel is made of, as it is written on the command line. Whatever opens it comes from files. */
export interface ChannelOptions {
  urlFile?: string;
  host?: string;
  port?: string;
  security?: 'tls' | 'starttls' | 'none';
  user?: string;
  passwordFile?: string;
  from?: string;
  to?: string[];
  template?: string;
  headersFile?: string;
  timeZone?: string;
  quiet?: string;
  digest?: string;
  report?: string;
  reportOrganization?: string;
}

export function withChannelOptions(command: Command): Command {
  return command
    .option('--url-file <file>', 'webhook, slack, teams, json: file with the address, or - for standard input')
    .option('--host <name>', 'email: the mail server')
    .option('--port <number>', 'email: its port (587)')
    .addOption(new Option('--security <how>', 'email: encryption').choices(['tls', 'starttls', 'none']))
    .option('--user <name>', 'email: who signs in there')
    .option('--password-file <file>', 'email: file with the password, or - for standard input')
    .option('--from <address>', 'email: the sender')
    .option('--to <address...>', 'email: the recipients')
    .option('--template <file>', 'json: file with the template')
    .option('--headers-file <file>', 'json: file with a JSON object of headers, or - for standard input')
    .option('--time-zone <zone>', 'of the times below, like Europe/Berlin')
    .option('--quiet <hours>', 'quiet hours like 22:00-07:00, or none')
    .option('--digest <when>', 'at-once, daily@08:00 or monday@08:00')
    .option('--report <when>', 'email: a weekly report, monday@08:00, or none')
    .option('--report-organization <name>', 'email: only of this organization');
}

export async function readTiming(options: ChannelOptions, before: Timing): Promise<Timing> {
  return {
    timeZone: options.timeZone ?? before.timeZone,
    quiet: options.quiet === undefined ? before.quiet : readQuiet(options.quiet),
    digest: options.digest === undefined ? before.digest : readDigest(options.digest),
  };
}

export async function readReport(session: Session, options: ChannelOptions) {
  const time = options.report === undefined ? null : readReportTime(options.report);
  if (time === null) return null;
  const { reportOrganization: name } = options;
  return { ...time, organizationId: name === undefined ? null : (await findOrganization(session, name)).id };
}

/** The address in a file; it may open the channel to whoever reads it, so it is no argument. */
export async function readUrl(session: Session, { urlFile }: ChannelOptions): Promise<string | undefined> {
  return urlFile === undefined ? undefined : (await readSecretFile(urlFile, session.context.stdin)).trim();
}

export async function readPassword(session: Session, { passwordFile }: ChannelOptions): Promise<string | undefined> {
  return passwordFile === undefined ? undefined : readSecretFile(passwordFile, session.context.stdin);
}

export async function readHeaders(
  session: Session,
  { headersFile }: ChannelOptions,
): Promise<Record<string, string> | undefined> {
  if (headersFile === undefined) return undefined;
  try {
    return JSON.parse(await readSecretFile(headersFile, session.context.stdin)) as Record<string, string>;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw refusal('usage.headers', `${headersFile} is no JSON.`, 'Write headers like {"Authorization": "Bearer …"}.');
  }
}

export async function readTemplate({ template }: ChannelOptions): Promise<string | undefined> {
  if (template === undefined) return undefined;
  return readFile(template, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw refusal('usage.template', `${template} cannot be read (${cause.code}).`, 'Give the path of a template.');
  });
}

export function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw refusal('usage.port', `“${text}” is not a port.`, 'Give a number from 1 to 65535.');
}

/** What a kind of channel cannot do without. Errors: usage.channel. */
export function needed<T>(value: T | undefined, option: string, kind: string): T {
  if (value !== undefined) return value;
  throw refusal('usage.channel', `A channel of the kind ${kind} needs ${option}.`, 'Nothing was made.');
}
