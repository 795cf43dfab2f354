import type { AppleFailure } from '../domain/apple-failure.ts';
import { type AssetChange, namedChanges } from '../domain/asset-change-words.ts';
import { count } from '../domain/quote.ts';
import type { ReadingKind } from '../domain/reading.ts';
import { userWords } from '../domain/user-words.ts';
import type { ScanChanges, ScanRecord, TokenRecord } from '../ports/records.ts';
import { tokenEvent } from './token-event.ts';

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
  /** Null: not asked for. */
  users: number | null;
  changes: ScanChanges;
  /** Asset by asset, those that moved most. */
  named: readonly AssetChange[];
  /** Much is missing, and Apple said so twice. */
  confirmedLoss: boolean;
  /** The token may not read users: what Apple said. */
  usersRefused: AppleFailure | null;
}

export function scanSucceededEvent(token: TokenRecord, scan: ScanRecord, outcome: ScanOutcome) {
  const { kind, changes, named, confirmedLoss, usersRefused } = outcome;
  const { assetsAdded, assetsGone, countsChanged } = changes;
  const details = namedChanges(named, assetsAdded + assetsGone + countsChanged);
  const loss = confirmedLoss ? 'Apple lists far less than before, and said so when asked a second time.' : '';
  const unread = usersRefused === null ? '' : 'Users were not read: Apple does not let this token read them.';
  const holds = [
    count(outcome.assets, 'asset'),
    count(outcome.held, 'assignment'),
    ...(outcome.users ? [count(outcome.users, 'user')] : []),
  ].join(', ');
  // A list shows the beginning of a line: what changed stands before what there is.
  const lines = [loss, details, said(scan, changes), `${holds}.`, unread].filter((line) => line !== '');
  return tokenEvent(
    token,
    {
      level: confirmedLoss ? 'warning' : 'info',
      code: 'scan.succeeded',
      text: `Scan (${REASON[scan.reason]}): ${lines.join(' ')}`,
      failure: usersRefused,
      data: { scanId: scan.id, reason: scan.reason, kind, changes },
    },
    null,
  );
}

export function scanFailedEvent(token: TokenRecord, scan: ScanRecord, failure: AppleFailure | null) {
  return tokenEvent(
    token,
    {
      level: 'error',
      code: 'scan.failed',
      text: `The scan (${REASON[scan.reason]}) ended without a result. Nothing was changed; the last good reading is kept.`,
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
