import type { EventSummary } from '@winesap/api';
import { count, plural } from '@winesap/api/words';
import { SeverityMark } from '../parts/severity-mark.tsx';
import type { EventSearch } from './event-filter.ts';
import classes from './receivers.module.css';

interface Props {
  summary: EventSummary | undefined;
  tokenId: string | null;
  onChange: (next: Partial<EventSearch>) => void;
}

/** Whom the events are about, what does not work first. */
export function Receivers({ summary, tokenId, onChange }: Props) {
  if (summary === undefined) return <aside className={classes.side} />;
  const broken = summary.tokensNotWorking;
  return (
    <aside className={classes.side} aria-label="Receivers">
      <button
        type="button"
        className={classes.broken}
        data-any={broken > 0 || undefined}
        onClick={() => onChange({ receiverType: 'vpp-token', level: 'error' })}
      >
        <SeverityMark severity={broken > 0 ? 'broken' : 'ok'} size={18} />
        <b>{broken === 0 ? 'No token is broken' : `${plural(broken, 'token')} not working`}</b>
      </button>
      <ul>
        {summary.receivers.map((receiver) => {
          const { tokenId: id } = receiver;
          const words = (
            <>
              <span className={classes.mark}>{receiver.broken && <SeverityMark severity="broken" size={12} />}</span>
              <span className="clip">
                {receiver.receiverName}
                {id === null && <span className="quiet"> {receiver.receiverType}</span>}
              </span>
              <span className={classes.counts}>
                {receiver.errors > 0 && <span className={classes.errors}>{plural(receiver.errors, 'error')} · </span>}
                {count(receiver.events)}
              </span>
            </>
          );
          return (
            <li key={`${receiver.receiverType} ${id ?? receiver.receiverName}`}>
              {id === null ? (
                <span className={classes.receiver}>{words}</span>
              ) : (
                <button
                  type="button"
                  className={classes.receiver}
                  aria-pressed={id === tokenId}
                  onClick={() => onChange({ tokenId: id === tokenId ? undefined : id })}
                >
                  {words}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </aside>
  );
}
