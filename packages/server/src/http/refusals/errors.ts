import type { Problem } from '@winesap/api';
import { type AppleFailure, appleLine, type ErrorCode } from '@winesap/core';
import { LICENSE_WORDS } from '../licenses/license-words.ts';
import { EDGE_WORDS, type EdgeCode } from './edge-words.ts';
import { apple, type Data, day, holder, names, refusal, side, text, type Words, wait } from './error-facts.ts';
import { FILE_WORDS } from './file-words.ts';

/** Status and words of a refusal. The only place that knows either. */
export function problemOf(code: ErrorCode | EdgeCode, data: Data, requestId: string): Problem {
  const words = WORDS[code];
  const { failure, ...facts } = data;
  return {
    type: `urn:winesap:problem:${code}`,
    title: said(words.title, data),
    status: words.status,
    detail: said(words.detail, data),
    code,
    instance: requestId,
    data: failure === undefined ? facts : { ...facts, apple: appleLine(failure as AppleFailure) },
  };
}

/** The words alone, where a refusal is shown without being one: why a button cannot be used. */
export function wordsOf(code: ErrorCode | EdgeCode, data: Data = {}): { title: string; detail: string } {
  return { title: said(WORDS[code].title, data), detail: said(WORDS[code].detail, data) };
}

function said(words: string | ((data: Data) => string), data: Data): string {
  return typeof words === 'string' ? words : words(data);
}

const WORDS: Record<ErrorCode | EdgeCode, Words> = {
  ...EDGE_WORDS,
  ...FILE_WORDS,
  ...LICENSE_WORDS,
  'apple.busy': {
    status: 503,
    title: 'Apple asks to slow down.',
    detail: (data) =>
      `Too many requests for this organization. Wait ${wait(data)} and try again.${apple(data)} Nothing was stored.`,
  },
  'apple.away': {
    status: 503,
    title: 'Apple’s service is away.',
    detail: (data) => `This passes by itself. Wait ${wait(data)} and try again.${apple(data)} Nothing was stored.`,
  },
  'apple.no-answer': {
    status: 504,
    title: 'Apple does not answer.',
    detail: (data) =>
      `Check that this machine reaches vpp.itunes.apple.com on port 443, then try again.${apple(data)} Nothing was stored.`,
  },
  'apple.unreadable': {
    status: 502,
    title: 'Something answered in Apple’s place, or Apple’s answer was cut off.',
    detail: (data) => `A proxy on the way may be the cause. Try again.${apple(data)} Nothing was stored.`,
  },
  'apple.other-location': {
    status: 502,
    title: 'Apple answered about another location.',
    detail: (data) =>
      `Winesap used nothing of that answer. Try again in a minute. If this happens again, download the token again and check which location it belongs to.${apple(data)} Nothing was stored.`,
  },
  'apple.unclear': {
    status: 502,
    title: 'Apple’s answers about this token contradict each other.',
    detail: (data) =>
      `It refused once, and Winesap couldn’t confirm that. Try again in a minute.${apple(data)} Nothing was stored.`,
  },
  'apple.refused': {
    status: 502,
    title: (data) => refusal(data).title,
    detail: (data) => `${refusal(data).nextStep.text}${apple(data)} Nothing was stored.`,
  },
  'token.not-found': { status: 404, title: 'There is no such token.', detail: 'It may have been removed meanwhile.' },
  'token.locked': {
    status: 409,
    title: 'Winesap can’t open the token it stored.',
    detail:
      'Check WINESAP_SEAL_KEY and WINESAP_SEAL_KEY_FILE if they were changed. Otherwise renew with a fresh file. Nothing was sent to Apple.',
  },
  'policy.not-found': { status: 404, title: 'There is no such policy.', detail: 'It may have been deleted meanwhile.' },
  'policy.exists': {
    status: 409,
    title: 'There is a policy of this name here already.',
    detail: 'Choose another name.',
  },
  'policy.holds-token': {
    status: 409,
    title: 'This policy holds a token.',
    detail: 'Renew it with a fresh file of the same location, or remove it first.',
  },
  'policy.inherits-token': {
    status: 409,
    title: ({ policyName }) => `This policy inherits its token from “${text(policyName)}”.`,
    detail: ({ policyName }) => `Renew the token there, or disable Token Inheritance at “${text(policyName)}” first.`,
  },
  'policy.has-children': {
    status: 409,
    title: 'There are policies below this one.',
    detail: ({ policies }) => `Delete them first: ${names(policies)}.`,
  },
  'policy.is-last': {
    status: 409,
    title: 'This is the organization’s only policy.',
    detail: 'Delete the organization instead, or add another policy first.',
  },
  'organization.not-found': {
    status: 404,
    title: 'There is no such organization.',
    detail: 'It may have been deleted meanwhile.',
  },
  'organization.exists': {
    status: 409,
    title: 'There is an organization of this name already.',
    detail: 'Choose another name.',
  },
  'organization.holds-tokens': {
    status: 409,
    title: 'This organization still holds tokens.',
    detail: ({ policies }) => `Remove them first, in: ${names(policies)}.`,
  },
  'inheritance.child-holds-token': {
    status: 409,
    title: 'A policy below holds a token of another location.',
    detail: ({ policies }) =>
      `Devices there would lose their licenses’ source. Remove the token there first: ${names(policies)}.`,
  },
  'inheritance.no-token': {
    status: 409,
    title: 'This policy has no token of its own to give to its children.',
    detail: 'Add a token here first.',
  },
  'location.held': {
    status: 409,
    title: ({ locationName }) => `Winesap already holds a token of ${text(locationName, 'this location')}.`,
    detail: ({ organizationName, policyName }) =>
      `It is in ${text(organizationName)}, policy “${text(policyName)}”. Renew it there: two tokens of one location would be two truths about the same licenses. Nothing was stored.`,
  },
  'claim.held': {
    status: 409,
    title: (data) => `This location is managed by “${holder(data)}”.`,
    detail: (data) =>
      `Only one server should manage a location. Watch it, or take it over from “${holder(data)}” knowingly. Nothing was stored.`,
  },
  'claim.changed': {
    status: 409,
    title: (data) => `The location is now managed by “${holder(data)}”.`,
    detail:
      'That is another server than the one you agreed to take it over from. Look again, then decide. Nothing was changed.',
  },
  'preview.stale': {
    status: 409,
    title: ({ reason, by }) =>
      reason === 'renewed'
        ? `${text(by, 'Somebody')} renewed this token meanwhile.`
        : reason === 'removed'
          ? 'This token was removed meanwhile.'
          : 'This is not the file that was shown.',
    detail: 'What you were shown no longer holds, so nothing was saved. Look at the preview again.',
  },
  'renewal.location-mismatch': {
    status: 409,
    title: 'This file opens another location.',
    detail: (data) =>
      `Stored is ${side(data.stored)}; the file is of ${side(data.fresh)}. Choose the file of the right location, or use Remove Token here and then add the new one. Nothing was changed.`,
  },
  'renewal.same-file': {
    status: 409,
    title: 'This is the very file that is stored already.',
    detail: 'There is nothing to renew with it. Download a fresh one. Nothing was changed.',
  },
  'renewal.older-file': {
    status: 409,
    title: 'This file expires earlier than the stored one.',
    detail: ({ storedExpiresAt, freshExpiresAt }) =>
      `Stored until ${day(storedExpiresAt)}, the file only until ${day(freshExpiresAt)}: it was probably downloaded before. Use it only if the stored one is dead.`,
  },
  'removal.name-differs': {
    status: 409,
    title: 'The name typed is not the location’s name.',
    detail: ({ expected }) => `Type “${text(expected)}” to remove its token. Nothing was removed.`,
  },
  'upload-link.not-valid': {
    status: 404,
    title: 'This link does not work.',
    detail: 'It may have run out, or a letter got lost on the way. Ask whoever sent it for a new one.',
  },
  'upload-link.used': {
    status: 410,
    title: 'This link was used already.',
    detail: 'A file came through it. Ask whoever sent it for a new one if another is needed.',
  },
  'upload-link.not-found': {
    status: 404,
    title: 'There is no such upload link.',
    detail: 'It may have gone with its token.',
  },
  'upload.not-found': { status: 404, title: 'There is no such upload.', detail: 'It may have gone with its token.' },
  'upload.settled': {
    status: 409,
    title: 'This upload is settled already.',
    detail: ({ state }) => (state === 'declined' ? 'Somebody declined it.' : 'The token was renewed with it.'),
  },
  'upload.locked': {
    status: 409,
    title: 'Winesap can’t open the file that was uploaded.',
    detail:
      'The sealing key is missing, or the row was changed in the database. Decline the upload and ask for the file again.',
  },
  'upload.other-location': {
    status: 409,
    title: 'This file is for another location.',
    detail: ({ fileLocationName, locationName }) =>
      `It’s for “${text(fileLocationName, 'a location without a name')}”. Download the file for “${text(locationName, 'your location')}” and drop it here. Nothing was changed.`,
  },
  'upload.same-file': {
    status: 409,
    title: 'This file is in use already.',
    detail: 'Download a new one and drop it here. Nothing was changed.',
  },
  'upload.older-file': {
    status: 409,
    title: 'This file is older than the one in use.',
    detail: 'Download a new one today and drop it here. Nothing was changed.',
  },
  'scan.token-dead': {
    status: 409,
    title: 'This token doesn’t work, so its location can’t be read.',
    detail: (data) => `Renew the token; the scan follows by itself.${apple(data)}`,
  },
  'event.not-found': { status: 404, title: 'There is no such event.', detail: 'Events are kept 90 days.' },
  'scan.not-found': { status: 404, title: 'There is no such scan.', detail: 'It may have gone with its token.' },
  'icon.not-found': { status: 404, title: 'There is no icon.', detail: 'The store has given none for this asset.' },
  'calendar-feed.not-found': {
    status: 404,
    title: 'There is no such calendar.',
    detail: 'It may have been revoked. Ask whoever gave its address for a new one.',
  },
  'notification.not-found': {
    status: 404,
    title: 'There is no such notification.',
    detail: 'It may have been deleted with its age.',
  },
  'notifications.not-set': {
    status: 409,
    title: 'Apple does not notify Winesap of this location.',
    detail:
      'That needs a managed location and a public https address of this Winesap: winesap notifications status says what is missing.',
  },
  'setup.done': {
    status: 409,
    title: 'This Winesap already has an owner.',
    detail: 'Sign in, or ask the owner for access.',
  },
  'setup.wrong-code': {
    status: 403,
    title: 'This isn’t the setup code.',
    detail:
      'Winesap prints it in the terminal where it was started, again at every start until there is an owner. As a service, look in its journal.',
  },
  'person.exists': {
    status: 409,
    title: 'Somebody with this e-mail address has access already.',
    detail: 'Change their role instead.',
  },
  'person.not-found': {
    status: 404,
    title: 'There is no such person.',
    detail: 'They may have been removed meanwhile.',
  },
  'person.last-owner': {
    status: 409,
    title: 'This is the last owner.',
    detail: 'Make somebody else an owner first; without one nobody could give access any more.',
  },
  'key.not-found': { status: 404, title: 'There is no such key.', detail: 'It may have been ended meanwhile.' },
  'cursor.invalid': { status: 400, title: 'This is not a place in the list.', detail: 'Start from the first page.' },
  'channel.not-found': {
    status: 404,
    title: 'There is no such channel.',
    detail: 'It may have been removed. Look at the list of channels.',
  },
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
  'rule.not-found': {
    status: 404,
    title: 'There is no such rule.',
    detail: 'It may have been removed. Look at the list of rules.',
  },
  'alert.not-found': {
    status: 404,
    title: 'There is no such alert.',
    detail: 'Its rule or its token may have been removed.',
  },
  'database.away': {
    status: 503,
    title: 'Winesap’s database cannot be used right now.',
    detail:
      'Most likely its disk is full, or the database server is away; the log says which. Nothing that was acknowledged is lost. Once it is back, try again.',
  },
};
