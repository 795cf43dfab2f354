import type { CodeOf } from '@winesap/core';
import type { Words } from '../refusals/error-facts.ts';
import { noSuch } from '../refusals/no-such.ts';

export const INSTALLATION_REFUSALS: Record<CodeOf<'installation'>, Words> = {
  'event.not-found': noSuch('event', 'It may be older than events are kept.'),
};
