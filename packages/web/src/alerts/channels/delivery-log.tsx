import { useInfiniteQuery } from '@tanstack/react-query';
import { type Channel, type Delivery, routes, urlOf } from '@winesap/api';
import { plural } from '@winesap/api/words';
import { problemOf } from '../../data/api.ts';
import { infinite } from '../../data/query.ts';
import { CsvLink } from '../../lists/csv-link.tsx';
import { OlderButton } from '../../lists/older-button.tsx';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { Ago } from '../../parts/time.tsx';
import classes from './channels.module.css';

/** What went through a channel, newest first, each with every attempt. */
export function DeliveryLog({ channel }: { channel: Channel }) {
  const page = useInfiniteQuery(
    infinite(routes.listDeliveries, { params: { channelId: channel.id }, query: { limit: 25 } }),
  );
  const deliveries = page.data?.pages.flatMap((each) => each.deliveries) ?? [];
  return (
    <div className={classes.log}>
      {page.error !== null && <ProblemNote problem={problemOf(page.error)} />}
      {page.data !== undefined && deliveries.length === 0 && (
        <p className="quiet">Nothing went through it yet. Send a test, or choose it in a rule.</p>
      )}
      <ul aria-label={`Deliveries of ${channel.name}`}>
        {deliveries.map((delivery) => (
          <li key={delivery.id} className={classes.delivery}>
            <span className={classes.state} data-state={delivery.state}>
              <SeverityMark severity={MARK[delivery.state]} size={12} /> {STATE_WORD[delivery.state]}
            </span>
            <span className={classes.title}>
              {delivery.title}
              {delivery.alerts > 1 && <span className="quiet"> · {plural(delivery.alerts, 'alert')}</span>}
              <Attempts delivery={delivery} />
            </span>
            <span className={classes.when}>
              <Ago at={delivery.createdAt} />
            </span>
          </li>
        ))}
      </ul>
      {deliveries.length > 0 && (
        <p className="small">
          <CsvLink
            href={urlOf(routes.exportDeliveries, { params: { channelId: channel.id } })}
            label={`Download all deliveries of ${channel.name} as CSV`}
          />
        </p>
      )}
      <OlderButton list={page} what="deliveries" />
    </div>
  );
}

/** The newest attempt in words; the ones before it open from it. */
function Attempts({ delivery }: { delivery: Delivery }) {
  const [...attempts] = delivery.attempts;
  const last = attempts.pop();
  const next = delivery.state === 'waiting' && delivery.nextAt !== null && (
    <>
      {' '}
      Next attempt <Ago at={delivery.nextAt} />.
    </>
  );
  if (last === undefined) return <span className={classes.attempt}>Not tried yet.{next}</span>;
  const words = (
    <>
      Attempt {last.attempt}, <Ago at={last.at} />: {last.note}
      {next}
    </>
  );
  if (attempts.length === 0) return <span className={classes.attempt}>{words}</span>;
  return (
    <details className={classes.attempt}>
      <summary>{words}</summary>
      <ol>
        {attempts.reverse().map((attempt) => (
          <li key={attempt.attempt}>
            Attempt {attempt.attempt}, <Ago at={attempt.at} />: {attempt.note}
          </li>
        ))}
      </ol>
    </details>
  );
}

const STATE_WORD: Record<Delivery['state'], string> = { waiting: 'Waiting', sent: 'Sent', failed: 'Given up' };
const MARK = { waiting: 'soon', sent: 'ok', failed: 'broken' } as const;
