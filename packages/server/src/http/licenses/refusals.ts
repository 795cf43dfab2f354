import type { CodeOf } from '@winesap/core';
import type { Words } from '../refusals/error-facts.ts';
import { noSuch } from '../refusals/no-such.ts';

export const LICENSE_REFUSALS: Record<CodeOf<'licenses'>, Words> = {
  'asset.not-found': noSuch('asset here', 'This location never had it, as far as Winesap has read.'),
  'icon.not-found': { status: 404, title: 'There is no icon.', detail: 'The store has given none for this asset.' },
};
