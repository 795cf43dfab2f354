import type { AppleFailure } from '../../domain/apple-failure.ts';
import type { Instant } from '../../domain/instant.ts';
import { type AssetChange, namedChanges } from '../../domain/licenses/asset-change-words.ts';
import { discrepancyWords } from '../../domain/licenses/discrepancy-words.ts';
import type { ReadingDiscrepancy, ReadingKind } from '../../domain/licenses/reading.ts';
import { count } from '../../domain/quote.ts';
import { scanFailureWords } from '../../domain/scans/scan-failure-words.ts';
import { userWords } from '../../domain/users/user-words.ts';
import type { ScanChanges, ScanRecord } from '../../ports/scans.ts';
import type { TokenRecord } from '../../ports/tokens.ts';
import { tokenEvent } from '../locations/token-event.ts';

const REASON: Record<ScanRecord['reason'], string> = {
  button: 'Scan Now',
  schedule: 'on schedule',
  renewal: 'after a renewal',
  added: 'of a new token',
  notification: 'what Apple notified did not add up',
};

export interface ScanOutcome {
  kind: ReadingKind;
  assets: number;
  held: number;
  /** Null: not requested. */
  users: number | null;
  changes: ScanChanges;
  /** Asset by asset, those that changed most. */
  named: readonly AssetChange[];
  /** Whether so much is gone that a person should look. */
  isMuchLess: boolean;
  /** The token may not read users: Apple's refusal. */
  usersRefused: AppleFailure | null;
}

export function scanSucceededEvent(token: TokenRecord, scan: ScanRecord, outcome: ScanOutcome) {
  const { kind, changes, isMuchLess, usersRefused } = outcome;
  const loss = isMuchLess ? 'Apple lists far less than before; nothing in its answers speaks against that.' : '';
  const unread = usersRefused === null ? '' : 'Users were not read: Apple does not let this token read them.';
  // A list shows the beginning of a line, so what changed comes before the totals.
  const lines = [loss, ...changed(scan, outcome), held(outcome), unread].filter((line) => line !== '');
  return tokenEvent(
    token,
    {
      level: isMuchLess ? 'warning' : 'info',
      code: 'scan.succeeded',
      text: `Scan (${REASON[scan.reason]}): ${lines.join(' ')}`,
      failure: usersRefused,
      data: { scanId: scan.id, reason: scan.reason, kind, changes },
    },
    null,
  );
}

/** An unproven reading. Nobody has to act: Winesap reads again by itself. */
export function scanDoubtfulEvent(
  token: TokenRecord,
  scan: ScanRecord,
  discrepancy: ReadingDiscrepancy,
  outcome: Omit<ScanOutcome, 'isMuchLess'> & { again: Instant },
) {
  const { kind, changes, usersRefused, again } = outcome;
  const kept =
    'Nothing is taken for gone until that is resolved: the last good reading is kept, and what is new is shown.';
  const lines = [discrepancyWords(discrepancy), kept, ...changed(scan, outcome), held(outcome)];
  return tokenEvent(
    token,
    {
      level: 'warning',
      code: 'scan.doubtful',
      text: `Scan (${REASON[scan.reason]}): ${lines.filter((line) => line !== '').join(' ')} Winesap asks Apple again by itself.`,
      failure: usersRefused,
      data: { scanId: scan.id, reason: scan.reason, kind, changes, discrepancy, nextScanAt: again.toISOString() },
    },
    null,
  );
}

function changed(scan: ScanRecord, { changes, named }: Pick<ScanOutcome, 'changes' | 'named'>): string[] {
  const { assetsAdded, assetsGone, countsChanged } = changes;
  return [namedChanges(named, assetsAdded + assetsGone + countsChanged), said(scan, changes)];
}

function held({ assets, held: licenses, users }: Pick<ScanOutcome, 'assets' | 'held' | 'users'>): string {
  const holds = [count(assets, 'asset'), count(licenses, 'assignment'), ...(users ? [count(users, 'user')] : [])];
  return `${holds.join(', ')}.`;
}

export function scanFailedEvent(token: TokenRecord, scan: ScanRecord, code: string, failure: AppleFailure | null) {
  return tokenEvent(
    token,
    {
      level: 'error',
      code: 'scan.failed',
      text: `Scan (${REASON[scan.reason]}): no result. ${scanFailureWords(code, failure)}`,
      failure,
      data: { scanId: scan.id, reason: scan.reason },
    },
    null,
  );
}

function said(scan: ScanRecord, changes: ScanChanges): string {
  if (scan.reason === 'added') return 'First reading.';
  const parts = [
    changes.assetsAdded > 0 ? `${count(changes.assetsAdded, 'asset')} new` : '',
    changes.assetsGone > 0 ? `${count(changes.assetsGone, 'asset')} gone` : '',
    changes.countsChanged > 0 ? `${count(changes.countsChanged, 'count')} changed` : '',
    changes.assigned > 0 ? `${count(changes.assigned, 'license')} assigned` : '',
    changes.unassigned > 0 ? `${count(changes.unassigned, 'license')} given back` : '',
    userWords({
      registered: changes.usersRegistered,
      retired: changes.usersRetired,
      changed: changes.usersChanged,
      gone: changes.usersGone,
    }),
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'Nothing changed.' : `${parts.join(', ')}.`;
}
