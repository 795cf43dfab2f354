import { useQuery } from '@tanstack/react-query';
import { routes } from '@winesap/api';
import { query } from '../data/query.ts';
import { shortDateTime } from '../data/times.ts';
import { type FilterChip, FilterChips } from '../lists/filter-chips.tsx';
import { OrganizationFilter } from '../lists/organization-filter.tsx';
import { SearchField } from '../lists/search-field.tsx';
import { type EventSearch, LEVELS, RECEIVER_TYPES } from './event-filter.ts';
import classes from './events.module.css';
import { LEVEL_WORD } from './level-mark.tsx';

interface Props {
  search: EventSearch;
  onChange: (next: Partial<EventSearch>) => void;
}

const HOUR = 3_600_000;
const SPANS = [
  { words: 'Last hour', ms: HOUR },
  { words: 'Last 24 hours', ms: 24 * HOUR },
  { words: 'Last 7 days', ms: 7 * 24 * HOUR },
  { words: 'Last 30 days', ms: 30 * 24 * HOUR },
] as const;

/** The filter: fields to set it, and a chip for each part that is set, to take it away again. */
export function Filters({ search, onChange }: Props) {
  const organizations = useQuery(query(routes.listOrganizations)).data?.organizations ?? [];
  const { data: token } = useQuery({
    ...query(routes.getToken, { params: { tokenId: search.tokenId ?? '' } }),
    enabled: search.tokenId !== undefined,
  });
  const organization = organizations.find((each) => each.id === search.organizationId);

  const chips: FilterChip[] = [];
  const chip = (key: keyof EventSearch, words: string) => {
    if (search[key] !== undefined) chips.push({ key, words, onRemove: () => onChange({ [key]: undefined }) });
  };
  chip('receiverType', `Receiver Type = ${search.receiverType}`);
  chip('level', `Level = ${search.level}`);
  chip('organizationId', `Organization = ${organization?.name ?? '…'}`);
  chip('policyId', 'One policy');
  chip('tokenId', `Token = ${token?.identity.locationName ?? 'removed'}`);
  chip('q', `Text = ${search.q}`);
  if (search.from !== undefined || search.to !== undefined)
    chips.push({
      key: 'time',
      words: rangeWords(search),
      onRemove: () => onChange({ from: undefined, to: undefined }),
    });

  return (
    <section aria-label="Filter">
      <div className={classes.fields}>
        <select
          className="control"
          aria-label="Receiver Type"
          value={search.receiverType ?? ''}
          onChange={(event) => onChange({ receiverType: event.currentTarget.value || undefined })}
        >
          <option value="">Receiver Type: all</option>
          {RECEIVER_TYPES.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
        <select
          className="control"
          aria-label="Level"
          value={search.level ?? ''}
          onChange={(event) => onChange({ level: event.currentTarget.value || undefined })}
        >
          <option value="">Level: all</option>
          {LEVELS.map((each) => (
            <option key={each} value={each}>
              {LEVEL_WORD[each]}
            </option>
          ))}
        </select>
        <OrganizationFilter
          className={classes.organization}
          none="Organization: all"
          value={search.organizationId}
          onChange={onChange}
        />
        <select
          className="control"
          aria-label="Time"
          value=""
          onChange={(event) => {
            const span = SPANS.find(({ words }) => words === event.currentTarget.value);
            if (span === undefined) onChange({ from: undefined, to: undefined });
            else onChange({ from: new Date(Date.now() - span.ms).toISOString(), to: undefined });
          }}
        >
          <option value="">
            {search.from === undefined && search.to === undefined ? 'Time: all' : 'Time: set below'}
          </option>
          {SPANS.map(({ words }) => (
            <option key={words} value={words}>
              {words}
            </option>
          ))}
          {(search.from !== undefined || search.to !== undefined) && <option value="all">All</option>}
        </select>
        <SearchField
          label="Search events"
          placeholder="Text, receiver, Apple’s words or number"
          value={search.q ?? ''}
          onChange={(q) => onChange({ q: q || undefined })}
        />
      </div>
      <FilterChips chips={chips} />
    </section>
  );
}

function rangeWords({ from, to }: EventSearch): string {
  const known = (text: string | undefined) => text !== undefined && !Number.isNaN(Date.parse(text));
  if (known(from) && known(to)) return `${shortDateTime(from ?? '')} to ${shortDateTime(to ?? '')}`;
  if (known(from)) return `since ${shortDateTime(from ?? '')}`;
  if (known(to)) return `until ${shortDateTime(to ?? '')}`;
  return 'Time';
}
