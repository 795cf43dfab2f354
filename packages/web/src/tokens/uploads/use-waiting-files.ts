import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { type LocatedUpload, routes } from '@winesap/api';
import { meQuery } from '../../data/queries.ts';
import { query } from '../../data/query.ts';
import { whyNot } from '../../data/why-not.ts';

/** Returns the uploaded files that wait to be confirmed, oldest first; none if this person can't confirm them. */
export function useWaitingFiles(): readonly LocatedUpload[] {
  const { data: me } = useSuspenseQuery(meQuery);
  const may = whyNot(me, routes.listWaitingUploads) === null;
  return useQuery({ ...query(routes.listWaitingUploads), enabled: may }).data?.waiting ?? NONE;
}

const NONE: readonly LocatedUpload[] = [];
