import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { routes, type UserList, urlOf } from '@winesap/api';
import { count, plural } from '@winesap/api/words';
import { useMemo } from 'react';
import { problemOf } from '../../data/api.ts';
import { infinite, query } from '../../data/query.ts';
import { CsvLink } from '../../lists/csv-link.tsx';
import { LongTable } from '../../lists/long-table.tsx';
import { Empty } from '../../parts/notes/empty.tsx';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import { Ago } from '../../parts/time.tsx';
import lists from '../assets/assets.module.css';
import { userColumns } from './user-columns.tsx';
import { type UserSearch, userFilterOf } from './user-filter.ts';
import { UserFilters } from './user-filters.tsx';
import { statusWord } from './user-words.ts';

const AT_ONCE = 200;
const FROM = '/inside/locations/$uId/users';

/** The people of a location who can hold licenses: searched and filtered by the server, drawn as far as they are in sight. */
export function LocationUsers() {
  const { uId } = useParams({ from: FROM });
  const search = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/locations/$uId/users' });
  const { data: location } = useSuspenseQuery(query(routes.getLocation, { params: { uId } }));
  const filter = userFilterOf(search);
  const list = useInfiniteQuery(infinite(routes.listUsers, { params: { uId }, query: { ...filter, limit: AT_ONCE } }));
  const users = useMemo(() => list.data?.pages.flatMap((page) => page.users) ?? [], [list.data]);
  const columns = useMemo(() => userColumns(uId), [uId]);
  const first = list.data?.pages[0];
  const narrowed = Object.keys(filter).length > 0;
  const onChange = (next: Partial<UserSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });

  return (
    <section className="stack" aria-label="Users">
      <div className={lists.head}>
        <Totals page={first} found={narrowed ? { users: users.length, isAll: !list.hasNextPage } : null} />
        <div className={lists.tools}>
          <CsvLink
            href={urlOf(routes.exportUsers, { params: { uId }, query: filter })}
            label="Download these users as CSV"
          />
        </div>
      </div>
      {(first === undefined || first.total > 0 || narrowed) && (
        <UserFilters search={search} byStatus={first?.byStatus} onChange={onChange} />
      )}
      {list.error !== null && <ProblemNote problem={problemOf(list.error)} />}
      {first !== undefined &&
        (users.length > 0 ? (
          <LongTable
            caption="Users of this location"
            columns={columns}
            rows={users}
            keyOf={({ clientUserId }) => clientUserId}
            total={list.hasNextPage ? (narrowed ? null : first.total) : users.length}
            onEnd={() => {
              if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
            }}
            quiet={({ isActive, licenses }) => !isActive && licenses === 0}
          />
        ) : (
          <div className="card">
            <Nobody
              first={first}
              narrowed={narrowed}
              hasToken={location.tokenId !== null}
              onAll={() => onChange({ q: undefined, status: undefined, holding: undefined })}
            />
          </div>
        ))}
    </section>
  );
}

interface NobodyProps {
  first: UserList;
  narrowed: boolean;
  hasToken: boolean;
  onAll: () => void;
}

function Nobody({ first, narrowed, hasToken, onAll }: NobodyProps) {
  if (first.total > 0 && narrowed)
    return (
      <Empty
        title="No user fits these filters"
        action={
          <button type="button" className="link-button" onClick={onAll}>
            Show all users
          </button>
        }
      >
        A user or a mail address is found by how it begins.
      </Empty>
    );
  if (first.readAt === null)
    return (
      <Empty title="Users were not read yet">
        {hasToken
          ? 'Choose Scan Now on the Location tab to read them from Apple.'
          : 'Add a token of this location to read them from Apple.'}
      </Empty>
    );
  return (
    <Empty title="This location has no users">
      Devices hold its licenses. For books, and for devices that people enroll themselves, register these people in your
      MDM server; then choose Scan Now on the Location tab.
    </Empty>
  );
}

function Totals({ page, found }: { page: UserList | undefined; found: { users: number; isAll: boolean } | null }) {
  if (page === undefined) return <p>reading…</p>;
  const { total, byStatus, readAt } = page;
  const shown = found === null ? '' : `${count(found.users)}${found.isAll ? '' : ' and more'} of `;
  return (
    <p>
      <b>
        {shown}
        {plural(total, 'user')}
      </b>
      <span className="quiet">
        {byStatus.map(({ status, users }) => ` · ${count(users)} ${statusWord(status).toLowerCase()}`).join('')}
        {readAt !== null && (
          <>
            {' · read '}
            <Ago at={readAt} />
          </>
        )}
      </span>
      <span className="unseen" role="status">
        {found !== null && `${plural(found.users, 'user')} found`}
      </span>
    </p>
  );
}
