import type { Severity, TokenRow } from '@winesap/api';
import { LongTokenRows } from './long-token-rows.tsx';
import { TokenRowCells } from './token-row-cells.tsx';
import classes from './token-table.module.css';

/** So many rows are drawn all at once; of more only those in sight, so that five thousand scroll as lightly as fifty. */
const ALL_DRAWN = 200;

/** The tokens as given, with white space between the severities. On a narrow page each row is a card. */
export function TokenTable({ tokens, caption }: { tokens: readonly TokenRow[]; caption: string }) {
  const long = tokens.length > ALL_DRAWN;
  return (
    <table className={classes.table} aria-rowcount={long ? tokens.length + 1 : undefined}>
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr aria-rowindex={long ? 1 : undefined}>
          <th scope="col">state</th>
          <th scope="col">organization</th>
          <th scope="col">location</th>
          <th scope="col">why</th>
          <th scope="col">next step</th>
          <th scope="col" className="num">
            days left
          </th>
          <th scope="col" className="num">
            last sync
          </th>
        </tr>
      </thead>
      {long ? (
        <LongTokenRows tokens={tokens} />
      ) : (
        groupBySeverity(tokens).map(([severity, rows]) => (
          <tbody key={severity} data-severity={severity}>
            {rows.map((token) => (
              <tr key={token.tokenId} data-severity={severity}>
                <TokenRowCells token={token} />
              </tr>
            ))}
          </tbody>
        ))
      )}
    </table>
  );
}

function groupBySeverity(tokens: readonly TokenRow[]): [Severity, TokenRow[]][] {
  const groups: [Severity, TokenRow[]][] = [];
  for (const token of tokens) {
    const last = groups.at(-1);
    if (last?.[0] === token.health.severity) last[1].push(token);
    else groups.push([token.health.severity, [token]]);
  }
  return groups;
}
