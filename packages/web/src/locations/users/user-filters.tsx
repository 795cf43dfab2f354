import type { UserList } from '@winesap/api';
import { count } from '@winesap/api/words';
import filters from '../../lists/long-list.module.css';
import { SearchField } from '../../lists/search-field.tsx';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { isLeftBehind, LEFT_BEHIND, type UserSearch } from './user-filter.ts';

interface Props {
  search: UserSearch;
  /** What there is to choose from; undefined while it is read. */
  byStatus: UserList['byStatus'] | undefined;
  onChange: (next: Partial<UserSearch>) => void;
}

/** Search and filters of the users; all of them live in the address. */
export function UserFilters({ search, byStatus = [], onChange }: Props) {
  const { status } = search;
  const leftBehind = isLeftBehind(search);
  // A link may ask for what this location does not have: it is said, not silently dropped. No status cannot be asked for.
  const known = byStatus.filter((sum) => sum.status !== '');
  const isMissing = status !== undefined && known.every((sum) => sum.status !== status);
  const shown = isMissing ? [{ status, users: 0 }, ...known] : known;
  return (
    <search aria-label="Filter users" className={`row ${filters.filters}`}>
      <SearchField
        label="Search users"
        placeholder="User or mail address begins with"
        value={search.q ?? ''}
        onChange={(q) => onChange({ q: q || undefined })}
      />
      <select
        className="control"
        aria-label="Status"
        value={status ?? ''}
        onChange={(event) => onChange({ status: event.currentTarget.value || undefined })}
      >
        <option value="">any status</option>
        {shown.map((sum) => (
          <option key={sum.status} value={sum.status}>
            {sum.status} ({count(sum.users)})
          </option>
        ))}
      </select>
      <button
        type="button"
        className={`control ${filters.toggle}`}
        aria-pressed={leftBehind}
        onClick={() => onChange(leftBehind ? { status: undefined, holding: undefined } : LEFT_BEHIND)}
      >
        <SeverityMark severity="soon" size={12} /> <span>Retired, still holding</span>
      </button>
      <label className={filters.gone}>
        <input
          type="checkbox"
          checked={search.holding === 'true'}
          onChange={(event) => onChange({ holding: event.currentTarget.checked ? 'true' : undefined })}
        />
        only who holds a license
      </label>
    </search>
  );
}
