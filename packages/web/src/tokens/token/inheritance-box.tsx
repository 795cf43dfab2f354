import { Checkbox } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type PolicyDetail, routes } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../../data/api.ts';
import { query } from '../../data/query.ts';
import { invalidate, readsOf } from '../../data/reads.ts';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';

/** Enable Token Inheritance on the policy that owns the token; on a child, where its token comes from. */
export function InheritanceBox({ policy }: { policy: PolicyDetail }) {
  const client = useQueryClient();
  const [shown, setShown] = useState<boolean | null>(null);
  const change = useMutation({
    mutationFn: (enabled: boolean) =>
      api.call(routes.setTokenInheritance, { params: { policyId: policy.id }, body: { enabled } }),
    onMutate: setShown,
    onSuccess: (changed) => {
      client.setQueryData(query(routes.getPolicy, { params: { policyId: policy.id } }).queryKey, changed);
      void invalidate(client, readsOf(routes.listPolicies, { params: { organizationId: policy.organizationId } }));
      void invalidate(client, routes.getPolicy);
    },
    onSettled: () => setShown(null),
  });

  if (policy.inheritedFrom !== null)
    return (
      <p>
        inherited from{' '}
        <Link to="/policies/$policyId/settings/apple-apps" params={{ policyId: policy.inheritedFrom.policyId }}>
          {policy.inheritedFrom.policyName} ↗
        </Link>
      </p>
    );

  const { allowed, reason } = policy.may.changeInheritance;
  return (
    <div>
      <Checkbox
        label="Enable Token Inheritance"
        description={reason ?? 'The policies below this one use this token too.'}
        checked={shown ?? policy.tokenInheritance}
        disabled={!allowed || change.isPending}
        onChange={(event) => change.mutate(event.currentTarget.checked)}
      />
      {change.isError && <ProblemNote problem={problemOf(change.error)} />}
    </div>
  );
}
