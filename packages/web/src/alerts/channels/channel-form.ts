import type {
  Channel,
  ChannelChange,
  ChannelKind,
  ChannelSettings,
  NewChannel,
  ReportPlan,
  Timing,
} from '@winesap/api';

/** What stands in the fields of the window, as texts where a person types. */
export interface ChannelForm {
  kind: ChannelKind;
  name: string;
  url: string;
  host: string;
  port: string;
  security: 'tls' | 'starttls' | 'none';
  user: string;
  password: string;
  from: string;
  to: string;
  headers: string;
  template: string;
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

export const KIND_WORD: Record<ChannelKind, string> = {
  email: 'E-mail',
  slack: 'Slack',
  teams: 'Microsoft Teams',
  webhook: 'Signed webhook',
  json: 'JSON by template',
};

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

const TEMPLATE = `{
  "summary": "{{title}}",
  "text": "{{text}}",
  "alerts": "{{alerts}}"
}`;

export function newChannel(timeZone: string): ChannelForm {
  return {
    kind: 'email',
    name: '',
    url: '',
    host: '',
    port: '587',
    security: 'starttls',
    user: '',
    password: '',
    from: '',
    to: '',
    headers: '',
    template: TEMPLATE,
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
  const form = { ...newChannel(timing.timeZone), kind: channel.kind, name: channel.name };
  const spoken: ChannelForm = {
    ...form,
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
  if (settings?.kind === 'email') {
    const { host, port, security, user = '', from, to } = settings;
    return { ...spoken, host, port: String(port), security, user, from, to: to.join(', ') };
  }
  if (settings?.kind === 'json') return { ...spoken, template: settings.template };
  return spoken;
}

type Described<T> = { value: T; why: null } | { value: null; why: string };

/** The channel that the fields describe, or the first thing that is missing. */
export function channelOf(form: ChannelForm): Described<NewChannel> {
  const missing = whatIsMissing(form, form.kind !== 'email' && form.url.trim() === '');
  if (missing !== null) return { value: null, why: missing };
  const common = { name: form.name.trim(), timing: timingOf(form) };
  const url = form.url.trim();
  switch (form.kind) {
    case 'email':
      return {
        value: { kind: 'email', ...common, ...mailOf(form), ...passwordOf(form), report: reportOf(form) },
        why: null,
      };
    case 'json': {
      const headers = headersOf(form.headers) ?? {};
      return { value: { kind: 'json', ...common, url, headers, template: form.template }, why: null };
    }
    case 'webhook':
    case 'slack':
    case 'teams':
      return { value: { kind: form.kind, ...common, url }, why: null };
  }
}

/** The change that the fields describe. Fields of secrets that are left empty keep what is stored. */
export function changeOf(form: ChannelForm): Described<ChannelChange> {
  const missing = whatIsMissing(form, false);
  if (missing !== null) return { value: null, why: missing };
  const common = { name: form.name.trim(), timing: timingOf(form) };
  const url = form.url.trim() === '' ? {} : { url: form.url.trim() };
  switch (form.kind) {
    case 'email':
      return {
        value: { kind: 'email', ...common, ...mailOf(form), ...passwordOf(form), report: reportOf(form) },
        why: null,
      };
    case 'json': {
      const headers = headersOf(form.headers);
      const kept = headers === null || form.headers.trim() === '' ? {} : { headers };
      return { value: { kind: 'json', ...common, ...url, ...kept, template: form.template }, why: null };
    }
    case 'webhook':
    case 'slack':
    case 'teams':
      return { value: { kind: form.kind, ...common, ...url }, why: null };
  }
}

function whatIsMissing(form: ChannelForm, urlMissing: boolean): string | null {
  if (form.name.trim() === '') return 'Give it a name first.';
  if (form.kind === 'email') {
    if (form.host.trim() === '') return 'Give the mail server.';
    if (!/^\d{1,5}$/.test(form.port.trim())) return 'Give the port of the mail server.';
    if (form.from.trim() === '') return 'Give the address it is sent from.';
    if (listOf(form.to).length === 0) return 'Give at least one address it is sent to.';
    return null;
  }
  if (urlMissing) return 'Give the address it is sent to.';
  if (form.url.trim() !== '' && !URL.canParse(form.url.trim())) return 'The address is not one: https://…';
  if (form.kind === 'json' && headersOf(form.headers) === null) return 'Headers: one a line, as Name: value.';
  if (form.kind === 'json' && form.template.trim() === '') return 'Give the template.';
  return null;
}

function mailOf(form: ChannelForm) {
  const user = form.user.trim();
  return {
    host: form.host.trim(),
    port: Number(form.port),
    security: form.security,
    ...(user === '' ? {} : { user }),
    from: form.from.trim(),
    to: listOf(form.to),
  };
}

const passwordOf = ({ password }: ChannelForm) => (password === '' ? {} : { password });

const listOf = (words: string) => words.split(/[\s,;]+/).filter((word) => word !== '');

/** `Name: value` a line; null when a line is something else. */
function headersOf(words: string): Record<string, string> | null {
  const headers: Record<string, string> = {};
  for (const line of words.split('\n')) {
    if (line.trim() === '') continue;
    const [, name, value] = /^\s*([\w-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return null;
    headers[name] = value;
  }
  return headers;
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

/** When a channel speaks, in words: `every day at 07:30 · quiet from 20:00 to 07:00 (Europe/Berlin)`. */
export function timingWords({ timing, report }: Pick<Channel, 'timing' | 'report'>): string | null {
  const { digest, quiet } = timing;
  const parts = [
    digest.kind === 'daily' && `sends once a day at ${digest.at}`,
    digest.kind === 'weekly' && `sends every ${dayWord(digest.weekday)} at ${digest.at}`,
    quiet !== null && `quiet from ${quiet.from} to ${quiet.to}`,
    report !== null && `report every ${dayWord(report.weekday)} at ${report.at}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? null : `${parts.join(' · ')} (${timing.timeZone})`;
}

const dayWord = (weekday: number) => WEEKDAYS[weekday - 1] ?? '';
