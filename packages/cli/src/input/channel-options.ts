import { CHANNEL_KINDS, type Timing } from '@winesap/api';
import type { Command } from 'commander';
import { findOrganization } from '../find/find-policy.ts';
import type { Session } from '../session/session.ts';
import { readDigest, readQuiet, readReportTime } from '../words/timing.ts';
import { fieldOptions } from './channel-fields.ts';

/** The options that all channels share, together with the settings of their kinds. */
export interface ChannelOptions {
  timeZone?: string;
  quiet?: string;
  digest?: string;
  report?: string;
  reportOrganization?: string;
}

const REPORTING = CHANNEL_KINDS.filter(({ takesReport }) => takesReport)
  .map(({ kind }) => kind)
  .join(', ');

export function withChannelOptions(command: Command): Command {
  for (const option of fieldOptions()) command.addOption(option);
  return command
    .option('--time-zone <zone>', 'of the times below, like Europe/Berlin')
    .option('--quiet <hours>', 'quiet hours like 22:00-07:00, or none')
    .option('--digest <when>', 'at-once, daily@08:00 or monday@08:00')
    .option('--report <when>', `${REPORTING}: a weekly report, monday@08:00, or none`)
    .option('--report-organization <name>', `${REPORTING}: only of this organization`);
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
