import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { routes, type UserList, urlOf } from '@winesap/api';
import { count, plural } from '@winesap/api/words';
import { useMemo } from 'react';
import { infinite, query } from '../../data/query.ts';
import { CsvLink } from '../../lists/csv-link.tsx';
import { LongList, NoMatch } from '../../lists/long-list.tsx';
import { useLongList } from '../../lists/use-long-list.ts';
import { Empty } from '../../parts/notes/empty.tsx';
import { WordsOnTheirWay } from '../../parts/on-its-way.tsx';
import { Ago } from '../../parts/time.tsx';
import { usePolicyHere } from '../../policies/use-policy-here.ts';
import { TokenNotice } from '../../tokens/notice/token-notice.tsx';
import { NoToken } from '../assets/no-token.tsx';
import { userColumns } from './user-columns.tsx';
import { type UserSearch, userFilterOf } from './user-filter.ts';
import { UserFilters } from './user-filters.tsx';
import { statusWord } from './user-words.ts';

const AT_ONCE = 200;

/** The users of the location of a token, beside the policy's other sections. */
export function UsersSection() {
  const policy = usePolicyHere();
  if (policy.token === null) return <NoToken policy={policy} what="Users appear" />;
  return (
    <div className="stack">
      <TokenNotice policy={policy} token={policy.token} />
      <UsersOf uId={policy.token.identity.uId} />
    </div>
  );
}

/** The users of a location without a token. */
export function LocationUsers() {
  const { uId } = useParams({ from: '/inside/locations/$uId' });
  return <UsersOf uId={uId} />;
}

/** The people of a location who can hold licenses: searched and filtered by the server, drawn as far as they are in sight. */
function UsersOf({ uId }: { uId: string }) {
  const search: UserSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const { data: location } = useSuspenseQuery(query(routes.getLocation, { params: { uId } }));
  const filter = userFilterOf(search);
  const list = useLongList(
    useInfiniteQuery(infinite(routes.listUsers, { params: { uId }, query: { ...filter, limit: AT_ONCE } })),
    usersOf,
  );
  const columns = useMemo(() => userColumns(uId), [uId]);
  const { first, shown, rows: users } = list;
  const narrowed = Object.keys(filter).length > 0;
  const onChange = (next: Partial<UserSearch>) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });

  return (
    <section className="stack" aria-label="Users">
      <LongList
        list={list}
        head={<Totals page={first} found={narrowed ? { users: users.length, isAll: !list.hasMore } : null} />}
        tools={
          <CsvLink
            href={urlOf(routes.exportUsers, { params: { uId }, query: filter })}
            label="Download these users as CSV"
          />
        }
        filters={
          (shown === undefined || shown.total > 0 || narrowed) && (
            <UserFilters search={search} byStatus={shown?.byStatus} onChange={onChange} />
          )
        }
        caption="Users of this location"
        columns={columns}
        keyOf={({ clientUserId }) => clientUserId}
        total={list.hasMore ? (narrowed ? null : (shown?.total ?? null)) : users.length}
        quiet={({ isActive, licenses }) => !isActive && licenses === 0}
        empty={
          first !== undefined && (
            <Nobody
              first={first}
              narrowed={narrowed}
              hasToken={location.tokenId !== null}
              onAll={() => onChange({ q: undefined, status: undefined, holding: undefined })}
            />
          )
        }
      />
    </section>
  );
}

const usersOf = ({ users }: UserList) => users;

interface NobodyProps {
  first: UserList;
  narrowed: boolean;
  hasToken: boolean;
  onAll: () => void;
}

function Nobody({ first, narrowed, hasToken, onAll }: NobodyProps) {
  if (first.total > 0 && narrowed)
    return (
      <NoMatch title="No users match these filters" all="Show all users" onAll={onAll}>
        The search looks at how a user or a mail address begins.
      </NoMatch>
    );
  if (first.readAt === null)
    return (
      <Empty title="Users were not read yet">
        {hasToken
          ? 'Choose Scan Now to read them from Apple.'
          : 'Add a token of this location to read them from Apple.'}
      </Empty>
    );
  return (
    <Empty title="This location has no users">
      Devices hold its licenses. For books, and for devices that people enroll themselves, register these people in your
      MDM server; then choose Scan Now.
    </Empty>
  );
}

function Totals({ page, found }: { page: UserList | undefined; found: { users: number; isAll: boolean } | null }) {
  if (page === undefined)
    return (
      <p>
        <WordsOnTheirWay />
      </p>
    );
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
