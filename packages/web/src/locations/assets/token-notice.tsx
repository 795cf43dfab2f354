import { Link } from '@tanstack/react-router';
import type { ContentToken, PolicyDetail } from '@winesap/api';
import { isScanning } from '@winesap/api/words';
import { CheckNow } from '../../tokens/token/check-now.tsx';
import { HealthBox } from '../../tokens/token/health-box.tsx';
import { ScanNow } from '../../tokens/token/scan-now.tsx';
import { ScanProgress } from '../../tokens/token/scan-progress.tsx';
import classes from './token-notice.module.css';

/** Above what is read of a location: why it may be old, with the way to mend it, and a scan while it runs. */
export function TokenNotice({ policy, token }: { policy: PolicyDetail; token: ContentToken }) {
  const next = token.health.nextStep.kind;
  const params = { policyId: policy.id };
  return (
    <>
      {!isScanning(token.scan) && (
        <HealthBox token={token}>
          {next === 'renew' && (
            <Link
              to="/policies/$policyId/settings/apple-apps"
              params={params}
              search={{ window: 'renew' }}
              className={classes.renew}
            >
              Renew
            </Link>
          )}
          {next === 'decide-claim' && (
            <Link
              to="/policies/$policyId/settings/apple-apps"
              params={params}
              search={{ window: 'claim' }}
              className={classes.renew}
            >
              Decide
            </Link>
          )}
          <CheckNow token={token} />
          <ScanNow token={token} why={policy.may.scan.reason} />
        </HealthBox>
      )}
      <ScanProgress key={token.tokenId} token={token} />
    </>
  );
}
