import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { routes } from '@winesap/api';
import { meQuery } from '../data/queries.ts';
import { whyNot } from '../data/why-not.ts';
import head from '../parts/page-head.module.css';

/** Alerts: what was told, by which rules, through which channels; calendars and the report beside them. */
export function AlertsScreen() {
  const { data: me } = useSuspenseQuery(meQuery);
  return (
    <>
      <title>Alerts · Winesap</title>
      <h1 className="no-print">Alerts</h1>
      <nav aria-label="Alerts" className={`${head.tabs} no-print`}>
        <Link to="/alerts" activeOptions={{ exact: true, includeSearch: false }} className={head.tab}>
          Alerts
        </Link>
        <Link to="/alerts/rules" className={head.tab}>
          Rules
        </Link>
        {whyNot(me, routes.listChannels) === null && (
          <>
            <Link to="/alerts/channels" activeOptions={{ includeSearch: false }} className={head.tab}>
              Channels
            </Link>
            <Link to="/alerts/calendars" className={head.tab}>
              Calendars
            </Link>
          </>
        )}
        <Link to="/alerts/report" activeOptions={{ includeSearch: false }} className={head.tab}>
          Report
        </Link>
      </nav>
      <Outlet />
    </>
  );
}
