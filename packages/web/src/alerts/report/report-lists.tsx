import type { Report } from '@winesap/api';
import { count, daysLeftWords } from '@winesap/api/words';
import type { ReactNode } from 'react';
import { fullTime, shortDate, shortDateTime } from '../../data/times.ts';
import classes from './report.module.css';

/** The four lists of a report, what needs somebody first. */
export function ReportLists({ report }: { report: Report }) {
  const all = report.organizationId === null;
  const { broken, expiring, low, changes } = report;
  const place = (row: { organizationName: string | null; locationName: string }) => (
    <th scope="row">
      {row.locationName}
      {all && row.organizationName !== null && <span className="quiet"> {row.organizationName}</span>}
    </th>
  );
  return (
    <>
      <List title="Broken" list={broken} none="No token is broken." heads={['location', 'what', 'next step', 'since']}>
        {broken.items.map((row) => (
          <tr key={row.tokenId}>
            {place(row)}
            <td>
              <b>{row.label}.</b> {row.cause}
            </td>
            <td>{row.nextStep}</td>
            <td>
              <Day at={row.since} />
            </td>
          </tr>
        ))}
      </List>
      <List
        title="Expires within 60 days"
        list={expiring}
        none="No token expires within 60 days."
        heads={['location', 'expires', 'left']}
      >
        {expiring.items.map((row) => (
          <tr key={row.tokenId}>
            {place(row)}
            <td>
              <Day at={row.expiresAt} />
            </td>
            <td>{daysLeftWords(row.daysLeft)}</td>
          </tr>
        ))}
      </List>
      <List
        title="Low on licenses"
        list={low}
        none="No asset has fewer than a tenth of its licenses left."
        heads={['location', 'asset', 'available', 'read']}
      >
        {low.items.map((row) => (
          <tr key={`${row.tokenId} ${row.adamId} ${row.pricingParam}`}>
            {place(row)}
            <td>{row.assetName ?? <span className="mono">{row.adamId}</span>}</td>
            <td>
              {row.available === 0 ? 'none' : count(row.available)} of {count(row.total)}
            </td>
            <td>
              <Day at={row.readAt} />
            </td>
          </tr>
        ))}
      </List>
      <List
        title={`Changed in the last ${report.days === 1 ? 'day' : `${report.days} days`}`}
        list={changes}
        none="Nothing changed."
        heads={['location', 'what', 'by', 'when']}
      >
        {changes.items.map((row) => (
          <tr key={`${row.at} ${row.tokenId} ${row.kind} ${row.text}`}>
            {place(row)}
            <td>{row.text}</td>
            <td>{row.actor ?? 'Winesap'}</td>
            <td>
              <time dateTime={row.at} title={fullTime(row.at)}>
                {shortDateTime(row.at)}
              </time>
            </td>
          </tr>
        ))}
      </List>
    </>
  );
}

interface ListProps {
  title: string;
  list: { total: number; items: readonly unknown[] };
  none: string;
  heads: readonly string[];
  children: ReactNode;
}

function List({ title, list, none, heads, children }: ListProps) {
  return (
    <section className={classes.list} aria-label={title}>
      <h3>
        {title} <span className="quiet">{count(list.total)}</span>
      </h3>
      {list.total === 0 ? (
        <p className="quiet">{none}</p>
      ) : (
        <>
          <table data-columns={heads.length} data-list={heads.includes('by') ? 'changes' : undefined}>
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{children}</tbody>
          </table>
          {list.items.length < list.total && (
            <p className="quiet small">
              The first {count(list.items.length)} of {count(list.total)}.
            </p>
          )}
        </>
      )}
    </section>
  );
}

function Day({ at }: { at: string }) {
  return (
    <time dateTime={at} title={fullTime(at)}>
      {shortDate(at)}
    </time>
  );
}
