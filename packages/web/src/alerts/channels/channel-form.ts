import {
  type Channel,
  type ChannelChange,
  type ChannelKind,
  type ChannelSettings,
  channelKind,
  type NewChannel,
  type ReportPlan,
  type Timing,
} from '@winesap/api';
import { settingsOf, typedOf, whatIsMissing } from './field-values.ts';

/** What stands in the fields of the window, as texts where a person types. */
export interface ChannelForm {
  kind: ChannelKind;
  name: string;
  /** What was typed of the settings of its kind, by their names. Kinds with a setting of the same name share it. */
  typed: Readonly<Record<string, string>>;
  /** What is shown of stored settings; null where nothing is stored, or it cannot be opened. */
  stored: ChannelSettings | null;
  timeZone: string;
  quiet: boolean;
  quietFrom: string;
  quietTo: string;
  digest: Timing['digest']['kind'];
  digestAt: string;
  digestWeekday: string;
  report: boolean;
  reportWeekday: string;
  reportAt: string;
  reportOrganizationId: string | null;
}

export function newChannel(timeZone: string): ChannelForm {
  return {
    kind: 'email',
    name: '',
    typed: {},
    stored: null,
    timeZone,
    quiet: false,
    quietFrom: '20:00',
    quietTo: '07:00',
    digest: 'immediately',
    digestAt: '07:30',
    digestWeekday: '1',
    report: false,
    reportWeekday: '1',
    reportAt: '07:30',
    reportOrganizationId: null,
  };
}

/** The fields of a channel that is there already. What is secret stays empty: left so, it stays as it is. */
export function formOf(channel: Channel, settings: ChannelSettings | null): ChannelForm {
  const { timing, report } = channel;
  const { digest } = timing;
  const form = newChannel(timing.timeZone);
  return {
    ...form,
    kind: channel.kind,
    name: channel.name,
    typed: typedOf(channel.kind, settings),
    stored: settings,
    quiet: timing.quiet !== null,
    quietFrom: timing.quiet?.from ?? form.quietFrom,
    quietTo: timing.quiet?.to ?? form.quietTo,
    digest: digest.kind,
    digestAt: digest.kind === 'immediately' ? form.digestAt : digest.at,
    digestWeekday: digest.kind === 'weekly' ? String(digest.weekday) : form.digestWeekday,
    report: report !== null,
    reportWeekday: String(report?.weekday ?? form.reportWeekday),
    reportAt: report?.at ?? form.reportAt,
    reportOrganizationId: report?.organizationId ?? null,
  };
}

type Described<T> = { value: T; why: null } | { value: null; why: string };

/** The channel that the fields describe, or the first thing that is missing. */
export function channelOf(form: ChannelForm): Described<NewChannel> {
  return described(form);
}

/** The change that the fields describe. Fields of secrets that are left empty keep what is stored. */
export function changeOf(form: ChannelForm): Described<ChannelChange> {
  return described(form);
}

/** The settings are what the kind says; the server holds them against the schema of the kind. */
function described<T>(form: ChannelForm): Described<T> {
  const why = form.name.trim() === '' ? 'Give it a name first.' : whatIsMissing(form);
  if (why !== null) return { value: null, why };
  const { kind, name } = form;
  const report = channelKind(kind).takesReport ? { report: reportOf(form) } : {};
  return { value: { kind, name: name.trim(), timing: timingOf(form), ...settingsOf(form), ...report } as T, why: null };
}

function timingOf(form: ChannelForm): Timing {
  return {
    timeZone: form.timeZone,
    quiet: form.quiet ? { from: form.quietFrom, to: form.quietTo } : null,
    digest:
      form.digest === 'immediately'
        ? { kind: 'immediately' }
        : form.digest === 'daily'
          ? { kind: 'daily', at: form.digestAt }
          : { kind: 'weekly', weekday: Number(form.digestWeekday), at: form.digestAt },
  };
}

function reportOf(form: ChannelForm): ReportPlan | null {
  if (!form.report) return null;
  return { weekday: Number(form.reportWeekday), at: form.reportAt, organizationId: form.reportOrganizationId };
}
