import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { routes } from '@winesap/api';
import { meQuery } from '../data/queries.ts';
import { whyNot } from '../data/why-not.ts';
import classes from '../lists/sections.module.css';
import head from '../parts/page-head.module.css';

export function SettingsScreen() {
  const { data: me } = useSuspenseQuery(meQuery);
  return (
    <div className={classes.screen}>
      <title>Settings · Winesap</title>
      <h1>Settings</h1>
      <nav aria-label="Settings" className={head.tabs}>
        {whyNot(me, routes.listPeople) === null && (
          <Link to="/settings/people" className={head.tab}>
            People
          </Link>
        )}
        <Link to="/settings/keys" className={head.tab}>
          API keys
        </Link>
      </nav>
      <Outlet />
    </div>
  );
}
