import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet, useParams } from '@tanstack/react-router';
import { routes } from '@winesap/api';
import { query } from '../../data/query.ts';
import head from '../../parts/page-head.module.css';
import { LocationPath } from './location-path.tsx';

/** A location whose token was removed: its name, and the sections that are left. One with a token is shown with its policy. */
export function LocationScreen() {
  const { uId } = useParams({ from: '/inside/locations/$uId' });
  const { data: location } = useSuspenseQuery(query(routes.getLocation, { params: { uId } }));
  return (
    <>
      <title>{`${location.locationName} · Winesap`}</title>
      <LocationPath location={location} />
      <div className={head.title}>
        <h1>{location.locationName}</h1>
      </div>
      <nav aria-label="Sections of this location" className={head.tabs}>
        <Link
          to="/locations/$uId/assets"
          params={{ uId }}
          activeOptions={{ includeSearch: false }}
          className={head.tab}
        >
          Apps and Books Assets
        </Link>
        <Link
          to="/locations/$uId"
          params={{ uId }}
          activeOptions={{ exact: true, includeSearch: false }}
          className={head.tab}
        >
          Location
        </Link>
        <Link to="/locations/$uId/users" params={{ uId }} activeOptions={{ includeSearch: false }} className={head.tab}>
          Users
        </Link>
      </nav>
      <Outlet />
    </>
  );
}
