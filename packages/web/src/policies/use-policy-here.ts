import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type PolicyDetail, routes } from '@winesap/api';
import { query } from '../data/query.ts';

/** The policy in whose frame a section is shown. */
export function usePolicyHere(): PolicyDetail {
  const { policyId } = useParams({ from: '/inside/policies/$policyId' });
  return useSuspenseQuery(query(routes.getPolicy, { params: { policyId } })).data;
}
