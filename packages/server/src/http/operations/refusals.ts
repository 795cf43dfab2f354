import type { CodeOf } from '@winesap/core';
import { text, type Words } from '../refusals/error-facts.ts';
import { noSuch } from '../refusals/no-such.ts';

export const OPERATION_REFUSALS: Record<CodeOf<'operations'>, Words> = {
  'release.watched': {
    status: 409,
    title: 'Winesap only watches this location.',
    detail: ({ locationName }) =>
      `In watch mode it never writes to Apple, so it cannot release a license of ${text(locationName)}. Choose Manage for its token first, or release it where the location is managed.`,
  },
  'release.not-managed': {
    status: 409,
    title: (data) => `Winesap does not hold the claim of this location; ${text(data.holder, 'nobody')} does.`,
    detail: 'Two servers that assign in one location get in each other’s way. Settle the claim first: choose Manage.',
  },
  'release.token-dead': {
    status: 409,
    title: 'This token does not work, so nothing can be released.',
    detail: 'Renew it first. Nothing was sent.',
  },
  'release.not-revocable': {
    status: 409,
    title: ({ productType }) =>
      productType === 'Book' ? 'Books cannot be taken back.' : 'Apple does not let this license be taken back.',
    detail: 'Once assigned, it belongs to its holder for good. Nothing was sent.',
  },
  'release.not-held': {
    status: 409,
    title: ({ holder }) => `${text(holder)} does not hold a license of this asset.`,
    detail: 'It may have been given back meanwhile. Scan the location if you are sure that it does.',
  },
  'release.confirm-differs': {
    status: 409,
    title: 'What was typed to confirm is not the holder.',
    detail: ({ expected }) => `Type “${text(expected)}” to release its license. Nothing was sent.`,
  },
  'release.not-found': noSuch('release', 'It may have gone with its token.'),
};
