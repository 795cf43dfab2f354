import { Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { routes } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../data/api.ts';
import { invalidate, readsOf } from '../data/reads.ts';
import { useWhyNot } from '../data/why-not.ts';
import { MoreMenu } from '../parts/more-menu.tsx';
import { showToast } from '../parts/notes/toasts.tsx';
import head from '../parts/page-head.module.css';
import { ConfirmWindow } from './confirm-window.tsx';
import { NameWindow } from './name-window.tsx';
import classes from './policies.module.css';
import { PolicyTabs } from './policy-tabs.tsx';
import { usePolicyHere } from './use-policy-here.ts';

/** A policy: where it is in the tree, its name, and its sections. */
export function PolicyPage() {
  const policy = usePolicyHere();
  const policyId = policy.id;
  const whyNotRename = useWhyNot(routes.renamePolicy);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [window, setWindow] = useState<'rename' | 'delete' | null>(null);
  const above = policy.path.slice(0, -1);

  const remove = useMutation({
    mutationFn: () => api.call(routes.deletePolicy, { params: { policyId } }),
    onSuccess: async () => {
      showToast(`${policy.name} is deleted.`);
      await navigate({ to: '/policies', search: { organizationId: policy.organizationId } });
      client.removeQueries(readsOf(routes.getPolicy, { params: { policyId } }));
      await invalidate(client, readsOf(routes.listPolicies, { params: { organizationId: policy.organizationId } }));
    },
  });

  return (
    <>
      <title>{`${policy.name} · Winesap`}</title>
      <Link to="/policies" search={{ organizationId: policy.organizationId }} className={classes.back}>
        ‹ All policies
      </Link>
      <nav aria-label="Where this policy stands" className={head.path}>
        <Link to="/policies" search={{ organizationId: policy.organizationId }}>
          {/* An organization starts with a policy of its own name; said once is enough. */}
          {policy.path[0]?.name === policy.organizationName ? 'Policies' : policy.organizationName}
        </Link>
        {above.map((each) => (
          <span key={each.id}>
            <span aria-hidden>/ </span>
            <Link to="/policies/$policyId/settings/apple-apps" params={{ policyId: each.id }}>
              {each.name}
            </Link>
          </span>
        ))}
      </nav>
      <div className={head.title}>
        <h1>{policy.name}</h1>
        <MoreMenu label="Policy actions" position="bottom-start" width={230}>
          <Menu.Item disabled={whyNotRename !== null} onClick={() => setWindow('rename')}>
            Rename policy…
          </Menu.Item>
          <Menu.Item disabled={!policy.may.deletePolicy.allowed} onClick={() => setWindow('delete')}>
            Delete policy…
          </Menu.Item>
          {policy.may.deletePolicy.reason !== null && <Menu.Label>{policy.may.deletePolicy.reason}</Menu.Label>}
        </MoreMenu>
      </div>
      <PolicyTabs policy={policy} />
      <Outlet />
      {window === 'rename' && (
        <NameWindow
          task={{ kind: 'rename-policy', policyId, organizationId: policy.organizationId, name: policy.name }}
          onClose={() => setWindow(null)}
        />
      )}
      {window === 'delete' && (
        <ConfirmWindow
          title={`Delete ${policy.name}?`}
          button="Delete policy"
          problem={remove.isError ? problemOf(remove.error) : null}
          busy={remove.isPending}
          onConfirm={() => remove.mutate()}
          onClose={() => setWindow(null)}
        >
          <p>Only this policy goes. Nothing changes at Apple, and its events stay for as long as events are kept.</p>
        </ConfirmWindow>
      )}
    </>
  );
}
