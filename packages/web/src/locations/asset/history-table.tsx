import type { AssetDay } from '@winesap/api';
import { count } from '@winesap/api/words';
import classes from './history-figure.module.css';
import { dayWords } from './history-points.ts';

interface Props {
  days: readonly AssetDay[];
  asOf: string | null;
  onPick: (day: string) => void;
}

/** The same readings, newest first. Only days on which something changed have a row. */
export function HistoryTable({ days, asOf, onPick }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
    <section className={classes.scroll} aria-label="Readings" tabIndex={0}>
      <table className={classes.table}>
        <caption className="unseen">Counts on the days on which they changed, newest first</caption>
        <thead>
          <tr>
            <th scope="col">day (UTC)</th>
            {['total', 'assigned', 'available', 'retired'].map((each) => (
              <th key={each} scope="col" className="num">
                {each}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...days].reverse().map((each) => (
            <tr key={each.readAt} aria-current={each.day === asOf ? 'date' : undefined}>
              <th scope="row">
                <button type="button" className="link-button" onClick={() => onPick(each.day)}>
                  {dayWords(each.day)}
                </button>
                {each.gone && <span className="quiet"> gone from Apple’s list</span>}
              </th>
              <td className="num">{each.unlimited ? 'unlimited' : count(each.total)}</td>
              <td className="num">{count(each.assigned)}</td>
              <td className="num">{each.unlimited ? 'unlimited' : count(each.available)}</td>
              <td className="num">{each.retired === null ? '–' : count(each.retired)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
