import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { routes } from '@winesap/api';
import { problemOf } from '../../data/api.ts';
import { HISTORY_LENGTH } from '../../data/queries.ts';
import { query } from '../../data/query.ts';
import { LevelMark } from '../../events/level-mark.tsx';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import { Ago } from '../../parts/time.tsx';
import classes from './history.module.css';

/** The newest events of a token. */
export function History({ tokenId }: { tokenId: string }) {
  const { data, error } = useQuery(query(routes.listEvents, { query: { tokenId, limit: HISTORY_LENGTH } }));
  return (
    <section className={classes.history} aria-label="History">
      <header className={classes.head}>
        <h2>History</h2>
        <Link to="/events" search={{ receiverType: 'vpp-token', tokenId }}>
          All events of this token
        </Link>
      </header>
      {error !== null && <ProblemNote problem={problemOf(error)} />}
      {data?.events.length === 0 && <p className="quiet">Nothing has happened yet.</p>}
      <ul>
        {data?.events.map((event) => (
          <li key={event.id} className={classes.line}>
            <LevelMark level={event.level} />
            <span className={classes.when}>
              <Ago at={event.at} />
            </span>
            <span className={classes.text}>
              {event.text}
              {event.apple?.errorNumber != null && <span className="quiet mono"> {event.apple.errorNumber}</span>}
              {event.actor !== null && <span className="quiet"> by {event.actor}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
