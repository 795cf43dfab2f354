import type { LocationDetail } from '@winesap/api';
import { count } from '@winesap/api/words';
import classes from '../../lists/long-list.module.css';
import { SearchField } from '../../lists/search-field.tsx';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import type { AssetSearch } from './asset-filter.ts';

interface Props {
  search: AssetSearch;
  /** What there is to choose from; undefined while it is read. */
  location: LocationDetail | undefined;
  onChange: (next: Partial<AssetSearch>) => void;
}

/** Search and filters of the list; all of them live in the address. */
export function AssetFilters({ search, location, onChange }: Props) {
  return (
    <search aria-label="Filter assets" className={`row ${classes.filters}`}>
      <SearchField
        label="Search assets"
        placeholder="Name or number"
        value={search.q ?? ''}
        onChange={(q) => onChange({ q })}
      />
      <Choice
        label="Platform"
        all="all platforms"
        words={location?.platforms ?? []}
        value={search.platform}
        onChange={(platform) => onChange({ platform })}
      />
      <Choice
        label="Type"
        all="apps and books"
        words={location?.productTypes ?? []}
        value={search.type}
        onChange={(type) => onChange({ type })}
      />
      <button
        type="button"
        className={`control ${classes.toggle}`}
        aria-pressed={search.low === 'true'}
        onClick={() => onChange({ low: search.low === 'true' ? undefined : 'true' })}
      >
        <SeverityMark severity="soon" size={12} />{' '}
        <span>Low {location === undefined ? '' : count(location.totals.low)}</span>
      </button>
      <label className={classes.gone}>
        <input
          type="checkbox"
          checked={search.gone === 'true'}
          onChange={(event) => onChange({ gone: event.currentTarget.checked ? 'true' : undefined })}
        />
        Include gone assets
      </label>
    </search>
  );
}

interface ChoiceProps {
  label: string;
  all: string;
  words: readonly string[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

function Choice({ label, all, words, value, onChange }: ChoiceProps) {
  // A link may ask for what this location does not have: it is said, not silently dropped.
  const shown = value === undefined || words.includes(value) ? words : [value, ...words];
  return (
    <select
      className="control"
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    >
      <option value="">{all}</option>
      {shown.map((word) => (
        <option key={word}>{word}</option>
      ))}
    </select>
  );
}
