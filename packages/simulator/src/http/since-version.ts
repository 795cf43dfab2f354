import type { Location } from '../world/location.ts';
import type { Settings } from '../world/settings.ts';
import type { DataSet } from '../world/versions.ts';
import { textParameter } from './query.ts';
import { Refusal } from './refusal.ts';

/** The version of `sinceVersionId`; undefined when absent, 9721 when it is not one of this listing. */
export function sinceVersion(
  query: URLSearchParams,
  location: Location,
  set: DataSet,
  settings: Settings,
): number | undefined {
  const text = textParameter(query, 'sinceVersionId');
  if (text === undefined) return undefined;
  const version = location.versions.parse(set, text, settings.unknowns.versionLifetimeChanges);
  if (version === undefined) throw new Refusal(9721);
  return version;
}
