import { useInfiniteQuery } from '@tanstack/react-query';
import {
  type AssetDetail,
  type Holder,
  type HolderPage,
  type QueryInputOf,
  type Release,
  routes,
  urlOf,
} from '@winesap/api';
import { count, plural } from '@winesap/api/words';
import { useMemo, useState } from 'react';
import type { AssetKey } from '../../data/queries.ts';
import { infinite } from '../../data/query.ts';
import { oneOf } from '../../data/search.ts';
import { CsvLink } from '../../lists/csv-link.tsx';
import { LongList, NoMatch } from '../../lists/long-list.tsx';
import type { Column } from '../../lists/long-table.tsx';
import { SearchField } from '../../lists/search-field.tsx';
import { useLongList } from '../../lists/use-long-list.ts';
import { Empty } from '../../parts/notes/empty.tsx';
import { WordsOnTheirWay } from '../../parts/on-its-way.tsx';
import { Ago } from '../../parts/time.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import { userWords } from '../users/user-words.ts';
import type { AssetScreenSearch } from './asset-screen-search.ts';
import classes from './holders.module.css';
import { isUnderWay, ReleaseList } from './release-list.tsx';
import { ReleaseWindow } from './release-window.tsx';
import { useReleases } from './use-releases.ts';

type HolderFilter = Pick<QueryInputOf<typeof routes.listHolders>, 'q' | 'kind'>;

const AT_ONCE = 200;
const KINDS = ['device', 'user'] as const;
const KIND_WORD = { device: 'Device', user: 'User' } as const;

interface Props {
  assetKey: AssetKey;
  detail: AssetDetail;
  search: AssetScreenSearch;
  onChange: (next: Partial<AssetScreenSearch>) => void;
}

/** Who holds a license of it, a million of them if need be: more is read as the list is scrolled. */
export function Holders({ assetKey, detail, search, onChange }: Props) {
  const filter = holderFilterOf(search);
  const list = useLongList(
    useInfiniteQuery(infinite(routes.listHolders, { params: assetKey, query: { ...filter, limit: AT_ONCE } })),
    holdersOf,
  );
  const { first, shown, rows: holders } = list;
  const narrowed = filter.q !== undefined || filter.kind !== undefined;
  const known = list.hasMore ? (narrowed ? null : (shown?.assigned ?? null)) : holders.length;
  const releases = useReleases(assetKey);
  const [releasing, setReleasing] = useState<Holder | null>(null);
  const why = detail.may.release.allowed ? null : (detail.may.release.reason ?? 'It cannot be released.');
  const columns = useMemo(() => holderColumns(releases.filter(isUnderWay), why, setReleasing), [releases, why]);

  return (
    <>
      <ReleaseList assetKey={assetKey} releases={releases} />
      <section aria-label="Holders" className="stack">
        <LongList
          list={list}
          head={
            <div>
              <h2>Who holds it</h2>
              <p className="quiet">
                {first === undefined ? (
                  <WordsOnTheirWay />
                ) : (
                  <>
                    {narrowed && `${count(holders.length)}${list.hasMore ? ' and more' : ''} of `}
                    {plural(first.assigned, 'assigned license')}
                    {first.readAt !== null && (
                      <>
                        {' · read '}
                        <Ago at={first.readAt} />
                      </>
                    )}
                  </>
                )}
              </p>
            </div>
          }
          tools={
            <search aria-label="Filter holders" className={classes.search}>
              <SearchField
                label="Search holders"
                placeholder="Serial number or user begins with"
                value={search.q ?? ''}
                onChange={(q) => onChange({ q: q || undefined })}
              />
              <select
                className="control"
                aria-label="Held by"
                value={filter.kind ?? ''}
                onChange={(event) => onChange({ kind: event.currentTarget.value || undefined })}
              >
                <option value="">devices and users</option>
                <option value="device">devices</option>
                <option value="user">users</option>
              </select>
              <CsvLink
                href={urlOf(routes.exportHolders, { params: assetKey, query: filter })}
                label="Download these holders as CSV"
              />
            </search>
          }
          caption="Who holds a license of it"
          columns={columns}
          keyOf={({ kind, holder }) => `${kind} ${holder}`}
          total={known}
          empty={
            narrowed ? (
              <NoMatch
                title="No matching holders"
                all="Show all holders"
                onAll={() => onChange({ q: undefined, kind: undefined })}
              >
                The search looks at how a serial number or a clientUserId begins.
              </NoMatch>
            ) : (
              <Empty title="Nobody holds a license of it">
                {detail.asset.gone ? 'Apple no longer lists it.' : 'All of its licenses are free to assign.'}
              </Empty>
            )
          }
        />
        {releasing !== null && (
          <ReleaseWindow assetKey={assetKey} detail={detail} holder={releasing} onClose={() => setReleasing(null)} />
        )}
      </section>
    </>
  );
}

const holdersOf = ({ holders }: HolderPage) => holders;

function holderFilterOf({ q, kind }: AssetScreenSearch): HolderFilter {
  const wanted = q?.trim().slice(0, 200) ?? '';
  const of = oneOf(kind, KINDS);
  return { ...(wanted === '' ? {} : { q: wanted }), ...(of === undefined ? {} : { kind: of }) };
}

function holderColumns(
  underWay: readonly Release[],
  why: string | null,
  onRelease: (holder: Holder) => void,
): Column<Holder>[] {
  return [
    {
      id: 'holder',
      label: 'serial number or user',
      names: true,
      cell: ({ holder, user }) => (
        <span className={classes.who}>
          <span className={`${classes.holder} mono`}>{holder}</span>
          {user !== null && <span className={classes.about}>{userWords(user)}</span>}
        </span>
      ),
    },
    { id: 'kind', label: 'held by', width: '140px', cell: ({ kind }) => KIND_WORD[kind] },
    {
      id: 'release',
      label: 'release',
      width: '190px',
      cell: (holder, reach) =>
        underWay.some((each) => each.kind === holder.kind && each.holder === holder.holder) ? (
          <span className="quiet">being released…</span>
        ) : (
          <ActionButton
            variant="subtle"
            size="compact-sm"
            className={classes.release ?? ''}
            why={why}
            aria-haspopup="dialog"
            aria-label={`Release from ${holder.holder}`}
            onClick={() => onRelease(holder)}
            {...reach}
          >
            Release…
          </ActionButton>
        ),
    },
  ];
}
