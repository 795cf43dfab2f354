import { useQuery } from '@tanstack/react-query';
import { problemOf } from '../data/api.ts';
import { eventQuery } from '../data/queries.ts';
import { ProblemNote } from '../parts/notes/problem-note.tsx';
import { EventList } from './event-list.tsx';
import classes from './events.module.css';

/** The event a link points at, when it is further down than what was read of the list. */
export function PointedEvent({ eventId }: { eventId: string }) {
  const { data: event, error } = useQuery(eventQuery(eventId));
  if (error !== null) return <ProblemNote problem={problemOf(error)} />;
  if (event === undefined) return null;
  return (
    <section className={classes.pointed} aria-label="The event of this link">
      <EventList events={[event]} openId={eventId} label="The event of this link" />
    </section>
  );
}
