import type { TokenRef } from '@winesap/api';
import { BATCH_FILES_KEPT_HOURS, type BatchFile, type BatchStage, HOUR_MS } from '@winesap/core';
import type { Kysely, Selectable } from 'kysely';
import type { Tables } from '../../tables.ts';
import { rowToBatchFile } from '../batches.ts';

export interface BatchHead {
  id: string;
  createdAt: Date;
  createdBy: string;
  endedAt: Date | null;
  forgetsAt: Date | null;
}

const SHOWN = 100;

/** Returns the newest batches. */
export async function readBatches(db: Kysely<Tables>, which: { open?: boolean | undefined }): Promise<BatchHead[]> {
  const rows = await db
    .selectFrom('batches')
    .selectAll()
    .$if(which.open === true, (query) => query.where('ended_at', 'is', null))
    .orderBy('created_at', 'desc')
    .limit(SHOWN)
    .execute();
  return rows.map(rowToHead);
}

export async function readBatch(db: Kysely<Tables>, batchId: string): Promise<BatchHead | null> {
  const row = await db.selectFrom('batches').selectAll().where('id', '=', batchId).executeTakeFirst();
  return row === undefined ? null : rowToHead(row);
}

function rowToHead(row: Selectable<Tables['batches']>): BatchHead {
  return {
    id: row.id,
    createdAt: row.created_at,
    createdBy: row.created_by,
    endedAt: row.ended_at,
    forgetsAt: row.ended_at === null ? new Date(row.touched_at.getTime() + BATCH_FILES_KEPT_HOURS * HOUR_MS) : null,
  };
}

/** Returns how many files of each batch are at each stage. */
export async function countBatchStages(
  db: Kysely<Tables>,
  batchIds: readonly string[],
): Promise<Map<string, Map<BatchStage, number>>> {
  const counts = new Map<string, Map<BatchStage, number>>(batchIds.map((id) => [id, new Map()]));
  if (batchIds.length === 0) return counts;
  const rows = await db
    .selectFrom('batch_files')
    .select((eb) => ['batch_id', 'stage', eb.fn.countAll<string>().as('files')])
    .where('batch_id', 'in', batchIds)
    .groupBy(['batch_id', 'stage'])
    .execute();
  for (const { batch_id, stage, files } of rows) counts.get(batch_id)?.set(stage, Number(files));
  return counts;
}

/** Returns the files of a batch in order, each with the token that it renews or became. */
export async function readBatchFiles(
  db: Kysely<Tables>,
  batchId: string,
): Promise<{ file: BatchFile; token: TokenRef | null }[]> {
  const rows = await db
    .selectFrom('batch_files')
    .leftJoin('content_tokens', (join) =>
      join.onRef('content_tokens.id', '=', 'batch_files.token_id').on('content_tokens.removed_at', 'is', null),
    )
    .leftJoin('organizations', 'organizations.id', 'content_tokens.organization_id')
    .leftJoin('policies', 'policies.id', 'content_tokens.policy_id')
    .selectAll('batch_files')
    .select(['organizations.name as organization_name', 'policies.name as policy_name'])
    .select(['content_tokens.organization_id', 'content_tokens.policy_id'])
    .where('batch_id', '=', batchId)
    .orderBy('position')
    .execute();
  return rows.map((row) => {
    const { token_id, organization_id, organization_name, policy_id, policy_name } = row;
    const isKnown = token_id !== null && organization_id !== null && policy_id !== null;
    return {
      file: rowToBatchFile(row),
      token: isKnown
        ? {
            tokenId: token_id,
            organizationId: organization_id,
            organizationName: organization_name ?? '',
            policyId: policy_id,
            policyName: policy_name ?? '',
          }
        : null,
    };
  });
}
