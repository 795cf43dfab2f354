import type { CodeOf } from '@winesap/core';
import { text, type Words } from '../refusals/error-facts.ts';
import { noSuch } from '../refusals/no-such.ts';

export const ALERT_REFUSALS: Record<CodeOf<'alerts'>, Words> = {
  'channel.not-found': noSuch('channel', 'It may have been removed. Look at the list of channels.'),
  'channel.other-kind': {
    status: 409,
    title: 'A channel cannot become another kind.',
    detail: ({ kind }) => `This one is of the kind ${text(kind)}. Add a new channel instead.`,
  },
  'channel.secret-needed': {
    status: 422,
    title: 'Type the password, or the headers, again.',
    detail:
      'Where the channel leads has changed, and a stored secret is not sent to another place. Nothing was changed.',
  },
  'channel.not-signed': {
    status: 409,
    title: 'This channel signs nothing.',
    detail: 'Only signed webhooks have a secret that can be changed.',
  },
  'channel.sealed': {
    status: 409,
    title: 'What is stored of this channel cannot be opened with the present key.',
    detail: 'Fill in everything again: the address, and what is secret. Nothing was changed.',
  },
  'channel.template-invalid': {
    status: 422,
    title: ({ line, column }) => `The template cannot be used: line ${line}, column ${column}.`,
    detail: ({ problem }) => text(problem),
  },
  'channel.header-refused': {
    status: 422,
    title: ({ name, reason }) =>
      reason === 'twice' ? `The header ${text(name)} is there twice.` : `The header ${text(name)} can’t be set here.`,
    detail: ({ reason }) =>
      reason === 'twice'
        ? 'Capitals make no difference in a header’s name. Keep one of them. Nothing was changed.'
        : 'It belongs to the connection, and Winesap sets it where it is needed. Remove it. Nothing was changed.',
  },
  'channel.private-target': {
    status: 422,
    title: ({ host }) => `${text(host)} is a private address.`,
    detail:
      'Channels reach public addresses only. Set WINESAP_ALLOW_PRIVATE_TARGETS=1 if they may reach private ones. Nothing was changed.',
  },
  'rule.not-found': noSuch('rule', 'It may have been removed. Look at the list of rules.'),
  'alert.not-found': noSuch('alert', 'Its rule or its token may have been removed.'),
};
