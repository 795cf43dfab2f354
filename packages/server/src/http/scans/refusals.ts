import type { CodeOf } from '@winesap/core';
import { apple, type Words } from '../refusals/error-facts.ts';
import { noSuch } from '../refusals/no-such.ts';

export const SCAN_REFUSALS: Record<CodeOf<'scans'>, Words> = {
  'scan.token-dead': {
    status: 409,
    title: 'This token doesn’t work, so its location can’t be read.',
    detail: (data) => `Renew the token; the scan follows by itself.${apple(data)}`,
  },
  'scan.not-found': noSuch('scan', 'It may have gone with its token.'),
};
