import { type CodeOf, MAX_TOKEN_FILE_BYTES } from '@winesap/core';
import { apple, day, type Words } from '../refusals/error-facts.ts';

const RIGHT_FILE =
  'The right file ends in .vpptoken: sign in at business.apple.com or school.apple.com, open Preferences, then Payments and Billing, and download the content token of the location.';

const file = (title: string, detail: string): Words => ({
  status: 422,
  title,
  detail: `${detail} Nothing was stored.`,
});

/** What a file is if it isn't a valid token. */
export const FILE_REFUSALS: Record<CodeOf<'files'>, Words> = {
  'token-file.empty': file('This file is empty.', `The download may have been cut off. ${RIGHT_FILE}`),
  'token-file.too-big': {
    status: 413,
    title: 'This file is too big to be a content token.',
    detail: `A content token is a small text file, well below ${MAX_TOKEN_FILE_BYTES / 1024} KB. ${RIGHT_FILE} Nothing was stored.`,
  },
  'token-file.not-base64': file(
    'This is not a content token.',
    `The file is not in the form Apple gives tokens. ${RIGHT_FILE}`,
  ),
  'token-file.not-json': file(
    'This is not a content token.',
    `It is Base64, as tokens are, but something else is inside. ${RIGHT_FILE}`,
  ),
  'token-file.no-token': file(
    'There is no token in this file.',
    `It has the form of a content token, but the token itself is missing. Download it again. ${RIGHT_FILE}`,
  ),
  'token-file.inner-token': file(
    'This is only a part of a content token.',
    'It looks like the secret from inside the file. Apple wants the whole file as it was downloaded: drop that file here.',
  ),
  'token-file.enrollment-token': file(
    'This is an automated enrollment token, not a content token.',
    'Files ending in .p7m let devices enroll by themselves; they belong in your device management server. For apps and books: business.apple.com or school.apple.com, Preferences, Payments and Billing, content tokens.',
  ),
  'token-file.html': file(
    'This is a web page, not a content token.',
    `The browser may have saved the page instead of the token. ${RIGHT_FILE}`,
  ),
  'token-file.configuration-profile': file('This is a configuration profile, not a content token.', RIGHT_FILE),
  'token-file.certificate': file('This is a certificate or key, not a content token.', RIGHT_FILE),
  'token-file.expired': {
    status: 422,
    title: ({ expiresAt }) =>
      typeof expiresAt === 'string' ? `This token expired on ${day(expiresAt)}.` : 'This token has expired.',
    detail: (data) => `Download a fresh one: each download is good for a year.${apple(data)} Nothing was stored.`,
  },
  'token-file.revoked': {
    status: 422,
    title: 'Apple has revoked the token in this file.',
    detail: (data) =>
      `Usually the password of the account that downloaded it was reset since. Download the token again and use the new file.${apple(data)} Nothing was stored.`,
  },
  'token-file.not-accepted': {
    status: 422,
    title: 'Apple does not accept the token in this file.',
    detail: (data) =>
      `The file may be damaged, or of the time before locations. Download it again.${apple(data)} Nothing was stored.`,
  },
  'token-file.not-permitted': {
    status: 422,
    title: 'The Apple account behind this token lacks the role.',
    detail: (data) =>
      `It needs at least the role Content Manager for this location. Change the role, or let another account download the token.${apple(data)} Nothing was stored.`,
  },
  'token-file.location-missing': {
    status: 502,
    title: 'Apple doesn’t say which location this token opens.',
    detail:
      'Winesap keeps tokens by their location, so it can’t tell whether this is the right one. Try again in a minute. If this stays, the token may be from the time before locations: download a new one. Nothing was stored.',
  },
  'token-file.location-unclear': {
    status: 502,
    title: 'Apple names two different locations for this token.',
    detail: ({ uIds }) =>
      `${Array.isArray(uIds) ? `One answer is about location ${uIds.join(', another about ')}. ` : ''}Try again in a minute. If this stays, download the token again. Nothing was stored.`,
  },
};
