import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { routes } from '@winesap/api';
import { useState } from 'react';
import { meQuery } from '../data/queries.ts';
import { query } from '../data/query.ts';
import { whyNot } from '../data/why-not.ts';
import { Empty } from '../parts/notes/empty.tsx';
import { ActionButton } from '../windows/action-button.tsx';
import { NameWindow } from './name-window.tsx';
import { OrganizationMenu } from './organization-menu.tsx';
import classes from './policies.module.css';
import { PolicyTree } from './policy-tree.tsx';

/** Policies: the organization's tree at the left, the chosen policy beside it. On a narrow page one after the other. */
export function PoliciesScreen() {
  const { policyId } = useParams({ strict: false });
  const search = useSearch({ from: '/inside/policies' });
  const navigate = useNavigate();
  const { data: me } = useSuspenseQuery(meQuery);
  const organizations = useSuspenseQuery(query(routes.listOrganizations)).data.organizations;
  const { data: policy } = useQuery({
    ...query(routes.getPolicy, { params: { policyId: policyId ?? '' } }),
    enabled: policyId !== undefined,
  });
  const [adding, setAdding] = useState<'organization' | 'policy' | null>(null);

  const wanted = policy?.organizationId ?? search.organizationId;
  const organization = organizations.find((each) => each.id === wanted) ?? organizations[0];
  const { data: tree } = useQuery({
    ...query(routes.listPolicies, { params: { organizationId: organization?.id ?? '' } }),
    enabled: organization !== undefined,
  });

  return (
    <div className={classes.screen} data-open={policyId !== undefined || undefined}>
      <aside className={classes.side} aria-label="Policies">
        {policyId === undefined && <h1>Policies</h1>}
        <OrganizationMenu
          organizations={organizations}
          current={organization}
          onAdd={() => setAdding('organization')}
        />
        {organization !== undefined && tree !== undefined && (
          <PolicyTree key={organization.id} policies={tree.policies} selectedId={policyId ?? null} />
        )}
        {organization !== undefined && (
          <ActionButton
            variant="subtle"
            why={whyNot(me, routes.addPolicy)}
            aria-haspopup="dialog"
            onClick={() => setAdding('policy')}
          >
            Add policy
          </ActionButton>
        )}
      </aside>
      <div className={classes.content}>
        {organization === undefined ? (
          <Empty
            title="No organization yet"
            action={
              <ActionButton why={whyNot(me, routes.addOrganization)} onClick={() => setAdding('organization')}>
                Add organization
              </ActionButton>
            }
          >
            An organization is a customer, a school or your own company. Its policies and tokens live below it.
          </Empty>
        ) : (
          <Outlet />
        )}
      </div>
      {adding === 'organization' && (
        <NameWindow
          task={{ kind: 'add-organization' }}
          onClose={() => setAdding(null)}
          onDone={({ organizationId }) => void navigate({ to: '/policies', search: { organizationId } })}
        />
      )}
      {adding === 'policy' && organization !== undefined && (
        <NameWindow
          task={{
            kind: 'add-policy',
            organizationId: organization.id,
            parent: policy === undefined ? null : { id: policy.id, name: policy.name },
          }}
          onClose={() => setAdding(null)}
          onDone={({ policyId: added }) => {
            if (added !== null)
              void navigate({ to: '/policies/$policyId/settings/apple-apps', params: { policyId: added } });
          }}
        />
      )}
    </div>
  );
}
