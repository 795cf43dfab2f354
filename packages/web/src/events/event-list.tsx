import type { Event } from '@winesap/api';
import { useEffect, useRef, useState } from 'react';
import { Ago } from '../parts/time.tsx';
import { EventDetail } from './event-detail.tsx';
import classes from './event-list.module.css';
import { LevelMark } from './level-mark.tsx';

interface Props {
  events: readonly Event[];
  openId: string | null;
  label?: string;
}

/** One line for each event; a line opens to everything known about it. `openId` is the one a link pointed at. */
export function EventList({ events, openId, label = 'Events' }: Props) {
  const [changed, setChanged] = useState<ReadonlyMap<string, boolean>>(new Map());
  const pointed = useRef<HTMLLIElement>(null);
  const isThere = events.some((event) => event.id === openId);
  useEffect(() => {
    if (isThere) pointed.current?.scrollIntoView({ block: 'center' });
  }, [isThere]);

  return (
    <ul className={classes.list} aria-label={label}>
      {events.map((event) => {
        const isOpen = changed.get(event.id) ?? event.id === openId;
        return (
          <li key={event.id} ref={event.id === openId ? pointed : undefined} data-open={isOpen || undefined}>
            <button
              type="button"
              className={classes.line}
              aria-expanded={isOpen}
              onClick={() => setChanged(new Map(changed).set(event.id, !isOpen))}
            >
              <span className={classes.when}>
                <Ago at={event.at} short />
              </span>
              <span>
                <LevelMark level={event.level} word />
              </span>
              <span className={`${classes.receiver} clip`}>
                <span className={classes.type}>{event.receiverType}</span> {event.receiverName}
              </span>
              <span className={classes.text} title={isOpen ? undefined : event.text}>
                {event.text}
              </span>
              <span className={`${classes.number} mono`}>{event.apple?.errorNumber ?? ''}</span>
            </button>
            {isOpen && <EventDetail event={event} />}
          </li>
        );
      })}
    </ul>
  );
}
