import type { Identity } from '@winesap/api';
import classes from './identity-list.module.css';
import { Value } from './identity-table.tsx';

/** What a new file opens, for the eye that has to say yes to it. */
export function IdentityList({ identity }: { identity: Identity }) {
  const rows = [
    { field: 'uId', label: 'Identification number', value: identity.uId },
    { field: 'locationName', label: 'Name', value: identity.locationName },
    { field: 'appleId', label: 'Apple ID', value: identity.appleId },
    { field: 'organizationName', label: 'Organization', value: identity.organizationName },
    { field: 'country', label: 'Country', value: identity.country },
    { field: 'expiresAt', label: 'Expires', value: identity.expiresAt },
    { field: 'claim', label: 'Managed by', value: identity.claim.words },
  ] as const;
  return (
    <dl>
      {rows.map((row) => (
        <div key={row.field} className={classes.row}>
          <dt>{row.label}</dt>
          <dd>
            <Value row={row} value={row.value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
