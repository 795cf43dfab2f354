import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Report } from '@winesap/api';
import { count, plural, SEVERITY_WORD } from '@winesap/api/words';
import { problemOf } from '../../data/api.ts';
import { reportQuery } from '../../data/queries.ts';
import { fullTime, shortDate } from '../../data/times.ts';
import { OrganizationFilter } from '../../lists/organization-filter.tsx';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import classes from './report.module.css';
import { ReportLists } from './report-lists.tsx';

const PERIODS = [1, 7, 14, 30, 90] as const;

const SHOWN = ['broken', 'soon', 'unknown', 'checking', 'ok'] as const;

/** What expires, what is broken, what is low and what changed, on a page that prints well. */
export function ReportTab() {
  const search = useSearch({ from: '/inside/alerts/report' });
  const navigate = useNavigate({ from: '/alerts/report' });
  const days = PERIODS.find((each) => String(each) === search.days) ?? 7;
  const { data: report, error } = useQuery(
    reportQuery({ days, ...(search.organizationId === undefined ? {} : { organizationId: search.organizationId }) }),
  );
  const change = (next: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });

  return (
    <section aria-label="Report" className={classes.page}>
      <div className={`${classes.tools} no-print`}>
        <OrganizationFilter className={classes.select} value={search.organizationId} onChange={change} />
        <select
          className="control"
          aria-label="Period"
          value={String(days)}
          onChange={(event) => change({ days: event.currentTarget.value })}
        >
          {PERIODS.map((each) => (
            <option key={each} value={String(each)}>
              Changes of the last {plural(each, 'day')}
            </option>
          ))}
        </select>
        <ActionButton variant="default" onClick={() => window.print()}>
          Print
        </ActionButton>
      </div>
      {error !== null && <ProblemNote problem={problemOf(error)} />}
      {report !== undefined && <Sheet report={report} />}
    </section>
  );
}

function Sheet({ report }: { report: Report }) {
  const { tokens } = report;
  return (
    <article className={classes.sheet}>
      <header className={classes.head}>
        <div>
          <h2>{report.organizationName ?? 'All organizations'}</h2>
          <p className="quiet">
            Content tokens, apps and books · {shortDate(report.from)} to {shortDate(report.to)}
          </p>
        </div>
        <p className="quiet small">
          Winesap, <time dateTime={report.to}>{fullTime(report.to)}</time>
        </p>
      </header>
      <ul className={classes.numbers} aria-label="Tokens">
        <li>
          <b>{count(tokens.total)}</b> {tokens.total === 1 ? 'token' : 'tokens'}
        </li>
        {SHOWN.filter((severity) => severity !== 'checking' || tokens.checking > 0).map((severity) => (
          <li key={severity}>
            <b>{count(tokens[severity])}</b> <SeverityMark severity={severity} /> {SEVERITY_WORD[severity]}
          </li>
        ))}
      </ul>
      <ReportLists report={report} />
    </article>
  );
}
