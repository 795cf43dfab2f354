import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { routes } from '@winesap/api';
import { problemOf } from '../../data/api.ts';
import { query } from '../../data/query.ts';
import { SearchField } from '../../lists/search-field.tsx';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import { WordsOnTheirWay } from '../../parts/on-its-way.tsx';
import { Holdings } from './holdings.tsx';
import classes from './location.module.css';

/** What does a device or user hold? By the whole serial number, or by the clientUserId of a user. */
export function HoldingsSearch({ uId }: { uId: string }) {
  const { holder = '' } = useSearch({ strict: false });
  const navigate = useNavigate();
  const wanted = holder.trim();
  const { data, error } = useQuery({
    ...query(routes.listHoldings, { query: { holder: wanted, uId } }),
    enabled: wanted !== '',
  });
  return (
    <section className="card" aria-label="What does a device or user hold?">
      <header className={`spread ${classes.head}`}>
        <h2>What does a device or user hold?</h2>
        <div className={classes.search}>
          <SearchField
            label="Search by serial number or user"
            placeholder="Whole serial number, or clientUserId"
            value={holder}
            onChange={(next) =>
              void navigate({ to: '.', search: next === '' ? {} : { holder: next }, replace: true, resetScroll: false })
            }
          />
        </div>
      </header>
      <div className={classes.body} aria-live="polite">
        {wanted === '' ? (
          <p className="quiet">Every license of one device or user in this location, in one list.</p>
        ) : error !== null ? (
          <ProblemNote problem={problemOf(error)} />
        ) : data === undefined ? (
          <p>
            <WordsOnTheirWay what="Searching" />
          </p>
        ) : (
          <Holdings wanted={wanted} holdings={data.holdings} complete={data.complete} uId={uId} />
        )}
      </div>
    </section>
  );
}
