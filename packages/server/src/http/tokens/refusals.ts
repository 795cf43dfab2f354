import type { CodeOf } from '@winesap/core';
import { day, holder, side, text, type Words } from '../refusals/error-facts.ts';
import { noSuch } from '../refusals/no-such.ts';

export const TOKEN_REFUSALS: Record<CodeOf<'tokens'>, Words> = {
  'token.not-found': noSuch('token'),
  'token.locked': {
    status: 409,
    title: 'Winesap can’t open the token it stored.',
    detail:
      'Check WINESAP_SEAL_KEY and WINESAP_SEAL_KEY_FILE if they were changed. Otherwise renew with a fresh file. Nothing was sent to Apple.',
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
    detail: 'It may have expired, or the address is incomplete. Ask the sender for a new one.',
  },
  'upload-link.used': {
    status: 410,
    title: 'This link was used already.',
    detail: 'A file was already uploaded with it. Ask the sender for a new one if you need to upload another file.',
  },
  'upload-link.not-found': noSuch('upload link', 'It may have gone with its token.'),
  'upload.not-found': noSuch('upload', 'It may have gone with its token.'),
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
  'calendar-feed.not-found': noSuch(
    'calendar',
    'It may have been revoked. Ask the person who gave you the address for a new one.',
  ),
  'batch.not-found': noSuch('batch', 'Batches are kept for 90 days.'),
  'batch.ended': {
    status: 409,
    title: 'This batch has ended.',
    detail: 'Its unused files are forgotten. Add the files again: that begins a new batch.',
  },
  'batch.full': {
    status: 409,
    title: ({ most }) => `A batch holds at most ${text(String(most))} files.`,
    detail: 'Confirm this one and begin another for the rest. The file was not added.',
  },
  'batch.file-not-found': noSuch('file in this batch'),
  'batch.file-used': {
    status: 409,
    title: 'This file is used or forgotten already.',
    detail: 'Add it again if it is still needed. Nothing was changed.',
  },
  'batch.file-locked': {
    status: 409,
    title: 'Winesap can’t open this file any more.',
    detail: 'The sealing key is missing, or the row was changed in the database. Add the file again.',
  },
  'batch.same-location': {
    status: 409,
    title: ({ fileName }) => `${text(fileName, 'Another file')} is for the same location.`,
    detail: 'Only the first file of a location is used.',
  },
  'batch.nothing-confirmed': {
    status: 409,
    title: 'None of these files is ready any more.',
    detail: 'Somebody else confirmed them, or what would happen has changed. Look at the batch again.',
  },
};
