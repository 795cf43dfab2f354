import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { routes, urlOf } from '@winesap/api';
import { count, plural } from '@winesap/api/words';
import { useMemo } from 'react';
import { problemOf } from '../data/api.ts';
import { FRESH_AT_MOST, freshEventsQuery, summaryQuery } from '../data/queries.ts';
import { infinite } from '../data/query.ts';
import { CsvLink } from '../lists/csv-link.tsx';
import { OlderButton } from '../lists/older-button.tsx';
import { Empty } from '../parts/notes/empty.tsx';
import { ProblemNote } from '../parts/notes/problem-note.tsx';
import { RowsOnTheirWay, WordsOnTheirWay } from '../parts/on-its-way.tsx';
import { ActionButton } from '../windows/action-button.tsx';
import { type EventSearch, filterOf } from './event-filter.ts';
import { EventList } from './event-list.tsx';
import classes from './events.module.css';
import { Filters } from './filters.tsx';
import { Histogram } from './histogram.tsx';
import { PointedEvent } from './pointed-event.tsx';
import { Receivers } from './receivers.tsx';

/** Dashboard → Events: what happened, newest first. The filter is the address. */
export function EventsScreen() {
  const search = useSearch({ from: '/inside/events' });
  const navigate = useNavigate({ from: '/events' });
  const filter = useMemo(() => filterOf(search), [search]);
  const client = useQueryClient();
  const page = useInfiniteQuery(infinite(routes.listEvents, { query: filter }));
  const { data: summary, isPlaceholderData } = useQuery(summaryQuery(filter));

  const change = (next: Partial<EventSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next, event: undefined }), resetScroll: false });
  const showFresh = async () => {
    window.scrollTo({ top: 0 });
    await client.resetQueries(infinite(routes.listEvents, { query: filter }));
  };

  const events = page.data?.pages.flatMap((each) => each.events) ?? [];
  const keptDays = page.data?.pages[0]?.keptDays;
  // Nothing moves under the pointer until it is asked for.
  const { data: fresh = 0 } = useQuery(
    freshEventsQuery(filter, page.data === undefined ? null : (events[0]?.id ?? '')),
  );

  return (
    <>
      <title>Events · Winesap</title>
      <div className={classes.top}>
        <div>
          <p className="quiet small">Dashboard</p>
          <h1>Events</h1>
        </div>
        <CsvLink href={urlOf(routes.exportEvents, { query: filter })} label="Download these events as CSV" />
      </div>
      <Filters search={search} onChange={change} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <Histogram summary={summary} onRange={(from, to) => change({ from, to })} />
          <div className={classes.freshPlace}>
            {fresh > 0 && (
              <button type="button" className={classes.fresh} onClick={() => void showFresh()}>
                ↑ {fresh === FRESH_AT_MOST ? `${count(fresh)} or more` : count(fresh)} new
              </button>
            )}
            <span className="quiet">
              {summary === undefined || isPlaceholderData ? <WordsOnTheirWay /> : plural(summary.total, 'event')}
              {keptDays !== undefined && ` · kept ${keptDays} days`}
            </span>
            <span className="unseen" role="status">
              {fresh > 0 && `${plural(fresh, 'new event')}`}
            </span>
          </div>
          {search.event !== undefined && page.data !== undefined && !events.some(({ id }) => id === search.event) && (
            <PointedEvent eventId={search.event} />
          )}
          {page.error !== null && <ProblemNote problem={problemOf(page.error)} />}
          {page.data === undefined ? (
            page.error === null && <RowsOnTheirWay />
          ) : events.length === 0 ? (
            <div className="card">
              <Empty
                title="No events match these filters"
                action={
                  <ActionButton variant="default" onClick={() => void navigate({ search: {} })}>
                    Show all events
                  </ActionButton>
                }
              >
                Events are kept for {keptDays} days.
              </Empty>
            </div>
          ) : (
            <div className={classes.list} aria-busy={page.isPlaceholderData}>
              <EventList events={events} openId={search.event ?? null} />
            </div>
          )}
          <div className={classes.more}>
            <OlderButton list={page} what="events" />
          </div>
        </div>
        <Receivers summary={summary} tokenId={search.tokenId ?? null} onChange={change} />
      </div>
    </>
  );
}
