import type { Scan } from '@winesap/api';
import {
  type AppleFailure,
  discrepancyWords,
  type ReadingDiscrepancy,
  type ScanChanges,
  scanFailureWords,
} from '@winesap/core';
import type { Kysely, Selectable } from 'kysely';
import { appleSaid, iso } from '../../reads/apple-said.ts';
import type { Tables } from '../../tables.ts';

/** Scans before users were introduced did not read them. */
const NO_USERS_YET = { usersRegistered: 0, usersRetired: 0, usersChanged: 0, usersGone: 0 };

export function scanView(row: Selectable<Tables['scans']>, now: Date): Scan {
  return {
    id: row.id,
    tokenId: row.token_id,
    reason: row.reason,
    state: row.state,
    queuedAt: iso(row.queued_at),
    startedAt: iso(row.started_at),
    finishedAt: iso(row.finished_at),
    seconds: seconds(row, now),
    requests: row.requests,
    assets: { done: row.assets_done, total: row.assets_total },
    assignments: { done: row.assignments_done, total: row.assignments_total },
    users: row.users_done === null ? null : { done: row.users_done, total: row.users_total },
    secondsLeft: row.state === 'running' ? secondsLeft(row, now) : null,
    ...(row.kind === null ? {} : { kind: row.kind }),
    discrepancy: discrepancyView(row.discrepancy),
    changes: row.changes === null ? null : { ...NO_USERS_YET, ...(row.changes as ScanChanges) },
    ...(row.asset_changes === null ? {} : { assetChanges: row.asset_changes as NonNullable<Scan['assetChanges']> }),
    failure:
      row.failure_code === null
        ? null
        : {
            code: row.failure_code,
            text: scanFailureWords(row.failure_code, row.failure as AppleFailure | null),
            apple: appleSaid(row.failure, row.finished_at ?? row.moved_at),
          },
  };
}

function discrepancyView(stored: unknown): Scan['discrepancy'] {
  if (stored === null) return null;
  const discrepancy = stored as ReadingDiscrepancy;
  return { ...discrepancy, text: discrepancyWords(discrepancy) };
}

function seconds(row: Selectable<Tables['scans']>, now: Date): number | null {
  if (row.started_at === null) return null;
  return Math.max(0, ((row.finished_at ?? now).getTime() - row.started_at.getTime()) / 1000);
}

/** Estimated from the rate so far; null until a tenth is read, because earlier estimates jump. */
function secondsLeft(row: Selectable<Tables['scans']>, now: Date): number | null {
  const { assignments_done: done, assignments_total: total, started_at: startedAt } = row;
  if (total === null || total === 0 || startedAt === null || done < total / 10) return null;
  const elapsed = (now.getTime() - startedAt.getTime()) / 1000;
  return Math.max(0, Math.ceil((elapsed / done) * (total - done)));
}

export async function readScan(db: Kysely<Tables>, id: string, now: Date): Promise<Scan | null> {
  const row = await db.selectFrom('scans').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : scanView(row, now);
}
