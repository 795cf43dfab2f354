import { useQuery } from '@tanstack/react-query';
import { routes } from '@winesap/api';
import { query } from '../data/query.ts';
import { OrganizationSelect } from '../parts/organization-select.tsx';

interface Props {
  value: string | undefined;
  onChange: (next: { organizationId: string | undefined }) => void;
  none?: string;
  className?: string | undefined;
}

/** Narrows a list to one organization. Nothing where there is only one. */
export function OrganizationFilter({ value, onChange, none = 'All organizations', className = '' }: Props) {
  const organizations = useQuery(query(routes.listOrganizations)).data?.organizations ?? [];
  if (organizations.length < 2) return null;
  return (
    <OrganizationSelect
      className={className}
      organizations={organizations}
      none={none}
      value={value ?? null}
      onChange={(organizationId) => onChange({ organizationId: organizationId ?? undefined })}
    />
  );
}
