import type { ApiKey, OwnedKey } from '@winesap/api';
import { fullTime, shortDate } from '../data/times.ts';
import classes from '../lists/sections.module.css';
import { Ago, useNow } from '../parts/time.tsx';
import { ActionButton } from '../windows/action-button.tsx';

interface Props {
  label: string;
  keys: readonly (ApiKey | OwnedKey)[];
  onEnd: (key: ApiKey | OwnedKey) => void;
}

/** Keys under each other: whose, when made, when last used, how long they work. */
export function KeyList({ label, keys, onEnd }: Props) {
  return (
    <ul className={classes.list} aria-label={label}>
      {keys.map((key) => (
        <li key={key.id} className={classes.item}>
          <div className={classes.who}>
            <b>
              {key.name}
              {'person' in key && <span className="quiet"> of {key.person.name}</span>}
            </b>
            <span className="quiet">
              {key.start !== null && <span className="mono">{key.start}… · </span>}
              made <Ago at={key.createdAt} /> ·{' '}
              {key.lastUsedAt === null ? (
                'never used'
              ) : (
                <>
                  last used <Ago at={key.lastUsedAt} />
                </>
              )}{' '}
              · <Expiry at={key.expiresAt} />
            </span>
          </div>
          <ActionButton
            variant="danger-quiet"
            aria-label={`End the key ${key.name}${'person' in key ? ` of ${key.person.name}` : ''}`}
            aria-haspopup="dialog"
            onClick={() => onEnd(key)}
          >
            End…
          </ActionButton>
        </li>
      ))}
    </ul>
  );
}

function Expiry({ at }: { at: string | null }) {
  const now = useNow();
  if (at === null) return <b>never expires</b>;
  const day = (
    <time dateTime={at} title={fullTime(at)}>
      {shortDate(at)}
    </time>
  );
  return Date.parse(at) <= now ? <b>expired on {day}</b> : <>expires on {day}</>;
}
