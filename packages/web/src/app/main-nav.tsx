import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useMatchRoute, useNavigate } from '@tanstack/react-router';
import { routes } from '@winesap/api';
import { count } from '@winesap/api/words';
import { query } from '../data/query.ts';
import classes from './shell.module.css';

/** The screens there are. On a narrow page they stand at the bottom, where the thumb is. */
export function MainNav() {
  const navigate = useNavigate();
  const matches = useMatchRoute();
  const onDashboard = (['/events', '/licenses'] as const).some((to) => matches({ to, fuzzy: true }) !== false);
  // A location is reached from its policy.
  const onLocation = matches({ to: '/locations/$uId', fuzzy: true }) !== false;
  return (
    <>
      <Link to="/" className={classes.brand} aria-label="Winesap, overview">
        <svg width="20" height="20" viewBox="6 3 20 24" aria-hidden>
          <path
            d="M16 11.200c-1.600-1.500-3.300-2-5-1.700-3.200.6-5 3.600-4.700 7.200.4 4.600 3.300 9.100 6.500 9.100 1.200 0 2-.6 3.200-.6s2 .6 3.200.6c3.200 0 6.100-4.500 6.500-9.100.3-3.600-1.500-6.600-4.700-7.200-1.700-.3-3.400.2-5 1.700z"
            fill="currentColor"
          />
          <path d="M16.300 10c0-3.400 1.900-5.600 5.600-6.100.2 3.500-1.900 5.800-5.600 6.100z" fill="#8fd0a5" />
        </svg>
        <span>Winesap</span>
      </Link>
      <nav className={classes.nav} aria-label="Main">
        <Link to="/" activeOptions={{ exact: true, includeSearch: false }} className={classes.navLink}>
          Overview
        </Link>
        <Link
          to="/policies"
          activeOptions={{ includeSearch: false }}
          className={classes.navLink}
          {...(onLocation ? { 'data-status': 'active' } : {})}
        >
          Policies
        </Link>
        <Menu position="bottom-start">
          <Menu.Target>
            <button type="button" className={classes.navLink} data-status={onDashboard ? 'active' : undefined}>
              Dashboard
              <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden>
                <path d="M1.500 3.500 5 7l3.500-3.500" fill="none" stroke="currentColor" strokeWidth="1.500" />
              </svg>
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => void navigate({ to: '/events' })}>Events</Menu.Item>
            <Menu.Item onClick={() => void navigate({ to: '/licenses' })}>Licenses</Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Link to="/alerts" activeOptions={{ includeSearch: false }} className={classes.navLink}>
          Alerts
          <OpenAlerts />
        </Link>
        <Link to="/settings" activeOptions={{ includeSearch: false }} className={classes.navLink}>
          Settings
        </Link>
      </nav>
    </>
  );
}

/** How many alerts nobody has acknowledged yet. Kept current by the live stream. */
function OpenAlerts() {
  const { data } = useQuery(query(routes.listAlerts, { query: { state: 'open', limit: 1 } }));
  const open = data?.counts.open ?? 0;
  if (open === 0) return null;
  return (
    <span className={classes.count}>
      {open > 99 ? '99+' : count(open)}
      <span className="unseen"> open</span>
    </span>
  );
}
