import type { CodeOf } from '@winesap/core';
import { text, type Words } from '../refusals/error-facts.ts';
import { noSuch } from '../refusals/no-such.ts';

export const LOCATION_REFUSALS: Record<CodeOf<'locations'>, Words> = {
  'location.held': {
    status: 409,
    title: ({ locationName }) => `Winesap already holds a token of ${text(locationName, 'this location')}.`,
    detail: ({ organizationName, policyName }) =>
      `It is in ${text(organizationName)}, policy “${text(policyName)}”. Renew it there: two tokens of one location would be two truths about the same licenses. Nothing was stored.`,
  },
  'location.not-found': noSuch('location', 'No token has opened it here. Check the identification number.'),
};
