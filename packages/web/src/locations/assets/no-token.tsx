import { Link } from '@tanstack/react-router';
import type { PolicyDetail } from '@winesap/api';
import { Empty } from '../../parts/notes/empty.tsx';

/** In place of what a location holds, on a policy that uses none. */
export function NoToken({ policy, what }: { policy: PolicyDetail; what: string }) {
  return (
    <div className="card">
      <Empty
        title={`${policy.name} has no content token`}
        action={
          <Link to="/policies/$policyId/settings/apple-apps" params={{ policyId: policy.id }}>
            Settings → Apple Apps
          </Link>
        }
      >
        {what} here once the policy has a token, its own or an inherited one.
      </Empty>
    </div>
  );
}
