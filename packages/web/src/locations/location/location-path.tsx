import { Link } from '@tanstack/react-router';
import type { LocationRef } from '@winesap/api';
import type { ReactNode } from 'react';
import head from '../../parts/page-head.module.css';

/** Where a location stands: its organization and the policy that holds its token. `children` are what lies inside it. */
export function LocationPath({ location, children }: { location: LocationRef; children?: ReactNode }) {
  const { organizationId, organizationName, policyId, policyName } = location;
  return (
    <nav aria-label="Where this location stands" className={head.path}>
      <Link to="/policies" search={organizationId === null ? {} : { organizationId }}>
        {organizationName ?? 'Policies'}
      </Link>
      {policyId !== null && policyName !== organizationName && (
        <span>
          <span aria-hidden>/ </span>
          <Link to="/policies/$policyId/assets" params={{ policyId }}>
            {policyName}
          </Link>
        </span>
      )}
      {children}
    </nav>
  );
}
