import type { LocatedAsset } from '@winesap/api';
import type { Column } from '../../lists/long-table.tsx';
import { assetColumns } from '../assets/asset-columns.tsx';
import classes from './licenses.module.css';

const [name, ...others] = assetColumns<LocatedAsset>(({ location }) => location.uId);

/** The columns of a location's assets, and behind the name where it is. */
export const LOCATED_COLUMNS: Column<LocatedAsset>[] = [
  ...(name === undefined ? [] : [{ ...name, width: '30%' }]),
  {
    id: 'location',
    label: 'location',
    span: true,
    cell: ({ location: { locationName, organizationName } }) => (
      <span className={classes.place}>
        {locationName}
        {organizationName !== null && organizationName !== locationName && (
          <span className="quiet small">{organizationName}</span>
        )}
      </span>
    ),
  },
  ...others.filter(({ id }) => id !== 'adamId'),
];
