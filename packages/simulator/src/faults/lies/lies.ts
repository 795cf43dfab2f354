import type { lieTable } from '../lie-table.ts';
import { laggingCounts, wrongCounts } from './count-lies.ts';
import { uIdChanges } from './identity-lies.ts';
import type { Lie } from './lie.ts';
import { missingMember, wrongMember } from './member-lies.ts';
import {
  repeatedPage,
  wrongNextPage,
  wrongPageIndex,
  wrongSize,
  wrongTotalPages,
  wrongVersion,
} from './paging-lies.ts';
import { repeatedRows, swallowedRows, unlistedAsset, wrongHolder } from './row-lies.ts';
import { oddTexts } from './text-lies.ts';

type Told<Name extends keyof typeof lieTable> = (typeof lieTable)[Name]['stage'] extends 'listing' ? never : Name;
/** The faults that change the JSON of an answer. */
export type LieName = { [Name in keyof typeof lieTable]: Told<Name> }[keyof typeof lieTable];

export const lies: Readonly<Record<LieName, Lie>> = {
  'wrong-next-page': wrongNextPage,
  'wrong-page-index': wrongPageIndex,
  'wrong-total-pages': wrongTotalPages,
  'wrong-size': wrongSize,
  'wrong-version': wrongVersion,
  'repeated-page': repeatedPage,
  'swallowed-rows': swallowedRows,
  'repeated-rows': repeatedRows,
  'wrong-holder': wrongHolder,
  'unlisted-asset': unlistedAsset,
  'wrong-counts': wrongCounts,
  'lagging-counts': laggingCounts,
  'missing-member': missingMember,
  'wrong-member': wrongMember,
  'odd-texts': oddTexts,
  'uid-changes': uIdChanges,
};

export function isLie(name: string): name is LieName {
  return Object.hasOwn(lies, name);
}
