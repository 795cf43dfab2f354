import { z } from 'zod';
import { oneLine } from '../schemas/common.ts';
import { addressField, type Field, headersField, lineOf, numberField, openField, passwordField } from './field.ts';

/** A kind of channel, as API, console, and command line know it. What it does is in `server/src/notify/<kind>`. */
export interface KindOfChannel {
  kind: string;
  /** Its display name. */
  word: string;
  /** Can also send the weekly report. */
  takesReport: boolean;
  /** Signs its messages with a secret that Winesap creates and shows once. */
  isSigned: boolean;
  /** In the order in which they are asked for. */
  fields: Readonly<Record<string, Field>>;
}

const MailAddress = z.email().max(254);

const TEMPLATE = `{
  "summary": "{{title}}",
  "text": "{{text}}",
  "alerts": "{{alerts}}"
}`;

/** Every kind of channel, in the order of the menu. */
export const CHANNEL_KINDS = [
  {
    kind: 'email',
    word: 'E-mail',
    takesReport: true,
    isSigned: false,
    fields: {
      to: openField('list', z.array(MailAddress).min(1).max(50), {
        label: 'To',
        help: 'One address or several, with commas.',
        missing: 'Give at least one address it is sent to.',
        option: { value: 'address', help: 'the recipients' },
      }),
      from: openField('text', MailAddress, {
        label: 'From',
        missing: 'Give the address it is sent from.',
        option: { value: 'address', help: 'the sender' },
      }),
      host: openField('text', lineOf(253), {
        label: 'Mail server',
        placeholder: 'smtp.example.org',
        missing: 'Give the mail server.',
        option: { value: 'name', help: 'the mail server' },
      }),
      security: openField('choice', z.enum(['tls', 'starttls', 'none']), {
        label: 'Security',
        beside: true,
        initial: 'starttls',
        choices: [
          { value: 'starttls', label: 'STARTTLS' },
          { value: 'tls', label: 'TLS' },
          { value: 'none', label: 'None' },
        ],
        missing: 'Choose the security.',
        option: { value: 'how', help: 'encryption' },
      }),
      port: numberField([1, 65_535], {
        label: 'Port',
        beside: true,
        initial: '587',
        follows: { field: 'security', usual: { starttls: '587', tls: '465', none: '25' } },
        missing: 'Give the port of the mail server.',
        option: { value: 'number', help: 'its port (587)' },
      }),
      user: openField('text', oneLine(z.string().max(320)).optional(), {
        label: 'User',
        help: 'Empty when the server asks for none.',
        missing: null,
        option: { value: 'name', help: 'who signs in there' },
      }),
      password: passwordField({ label: 'Password', beside: true }, 'Needed again when host or user change.'),
    },
  },
  {
    kind: 'slack',
    word: 'Slack',
    takesReport: false,
    isSigned: false,
    fields: { url: addressField('In Slack: an app of yours with Incoming Webhooks, a webhook for the channel.') },
  },
  {
    kind: 'teams',
    word: 'Microsoft Teams',
    takesReport: false,
    isSigned: false,
    fields: { url: addressField('In Teams: Workflows, “Post to a channel when a webhook request is received”.') },
  },
  {
    kind: 'webhook',
    word: 'Signed webhook',
    takesReport: false,
    isSigned: true,
    fields: {
      url: addressField('Messages are signed after Standard Webhooks; the secret is shown once, after Save.'),
    },
  },
  {
    kind: 'json',
    word: 'JSON by template',
    takesReport: false,
    isSigned: false,
    fields: {
      url: addressField('Whatever takes JSON: a ticket system, a pager.'),
      headers: headersField(),
      template: openField(
        'template',
        z.string().min(2).max(20_000).describe('JSON with {{placeholders}}: docs/alerts.md.'),
        {
          label: 'Template',
          help: 'JSON with {{title}}, {{text}}, {{total}}, {{alerts}}, {{link}}, {{organizationName}}, {{locationName}}.',
          initial: TEMPLATE,
          missing: 'Give the template.',
          option: { value: 'file', help: 'file with the template' },
        },
      ),
    },
  },
] as const satisfies readonly KindOfChannel[];

export type DescribedKind = (typeof CHANNEL_KINDS)[number];

const BY_KIND: ReadonlyMap<string, KindOfChannel> = new Map(CHANNEL_KINDS.map((one) => [one.kind, one]));

/** Returns what is known about a kind; an unknown kind has its name and no settings. */
export function channelKind(kind: string): KindOfChannel {
  return BY_KIND.get(kind) ?? { kind, word: kind, takesReport: false, isSigned: false, fields: {} };
}
