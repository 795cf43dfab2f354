import type {
  Batches,
  BatchFile,
  BatchFileChange,
  BatchFinding,
  Identity,
  StoredRefusal,
  TokenPlace,
} from '@winesap/core';
import { type Selectable, sql, type Transaction, type Updateable } from 'kysely';
import { notifyLive } from '../live.ts';
import type { RowLocks } from '../row-locks.ts';
import type { Tables } from '../tables.ts';

const WORK = ['waiting', 'confirmed'] as const;
const SETTLED = new Set(['done', 'failed', 'refused', 'forgotten']);

export function createBatches(trx: Transaction<Tables>, locks: RowLocks = 'held'): Batches {
  const touch = (batchId: string, now: Date) =>
    trx.updateTable('batches').set({ touched_at: now }).where('id', '=', batchId).execute();
  const announce = (batchId: string) => notifyLive(trx, { topic: 'batch', batchId });
  return {
    async insert(by, now) {
      const { id } = await trx
        .insertInto('batches')
        .values({ created_at: now, created_by: by.name, created_by_id: by.personId, touched_at: now })
        .returning('id')
        .executeTakeFirstOrThrow();
      await announce(id);
      return id;
    },
    async byId(id) {
      const row = await trx
        .selectFrom('batches')
        .select(['id', 'created_by', 'created_at', 'ended_at'])
        .where('id', '=', id)
        .$if(locks === 'held', (rows) => rows.forUpdate())
        .executeTakeFirst();
      if (row === undefined) return null;
      return { id: row.id, createdBy: row.created_by, createdAt: row.created_at, endedAt: row.ended_at };
    },
    async files(batchId) {
      const rows = await trx
        .selectFrom('batch_files')
        .selectAll()
        .where('batch_id', '=', batchId)
        .orderBy('position')
        .execute();
      return rows.map(rowToBatchFile);
    },
    async countFiles(batchId) {
      const { files } = await trx
        .selectFrom('batch_files')
        .select((eb) => eb.fn.countAll<string>().as('files'))
        .where('batch_id', '=', batchId)
        .executeTakeFirstOrThrow();
      return Number(files);
    },
    async places(batchId) {
      const rows = await trx
        .selectFrom('batch_files')
        .select(['place', sql<string | null>`finding #>> '{identity,appleOrganizationId}'`.as('apple_organization_id')])
        .where('batch_id', '=', batchId)
        .where('place', 'is not', null)
        .execute();
      return rows.map((row) => ({
        ...(row.place as TokenPlace),
        appleOrganizationId: row.apple_organization_id,
      }));
    },
    async addFile(file, now) {
      await trx
        .insertInto('batch_files')
        .values({
          id: file.id,
          batch_id: file.batchId,
          file_name: file.fileName,
          bytes: file.bytes,
          sealed: file.sealed,
          fingerprint: file.fingerprint,
          stage: file.stage,
          problem: json(file.problem),
          settled_at: file.stage === 'refused' ? now : null,
        })
        .execute();
      await touch(file.batchId, now);
      await announce(file.batchId);
    },
    async setFile(id, from, change, now) {
      const row = await trx
        .updateTable('batch_files')
        .set(columnsOf(change, now))
        .where('id', '=', id)
        .where('stage', '=', from)
        .returning('batch_id')
        .executeTakeFirst();
      if (row === undefined) return false;
      await announce(row.batch_id);
      return true;
    },
    async confirmer(fileId) {
      const row = await trx
        .selectFrom('batch_files')
        .select(['confirmed_by', 'confirmed_by_id'])
        .where('id', '=', fileId)
        .executeTakeFirst();
      return row === undefined || row.confirmed_by === null
        ? null
        : { personId: row.confirmed_by_id, name: row.confirmed_by };
    },
    async confirm(fileId, by, now) {
      const { batch_id } = await trx
        .updateTable('batch_files')
        .set({ stage: 'confirmed', confirmed_by: by.name, confirmed_by_id: by.personId })
        .where('id', '=', fileId)
        .returning('batch_id')
        .executeTakeFirstOrThrow();
      await touch(batch_id, now);
      await announce(batch_id);
    },
    async takeWork(batchId, now, lostBefore) {
      const taken = await trx
        .updateTable('batches')
        .set({ worked_at: now })
        .where('id', '=', batchId)
        .where((eb) => eb.or([eb('worked_at', 'is', null), eb('worked_at', '<', lostBefore)]))
        .executeTakeFirst();
      return taken.numUpdatedRows === 1n;
    },
    async signOfLife(batchId, now) {
      await trx
        .updateTable('batches')
        .set({ worked_at: now })
        .where('id', '=', batchId)
        .where('worked_at', 'is not', null)
        .execute();
    },
    async nextFiles(batchId, limit) {
      const rows = await trx
        .selectFrom('batch_files')
        .selectAll()
        .where('batch_id', '=', batchId)
        .where('stage', 'in', WORK)
        // Confirmed first: somebody waits for them.
        .orderBy('stage')
        .orderBy('position')
        .limit(limit)
        .execute();
      return rows.map(rowToBatchFile);
    },
    async leaveWork(batchId) {
      await trx.updateTable('batches').set({ worked_at: null }).where('id', '=', batchId).execute();
    },
    async lost(before) {
      const rows = await trx
        .selectFrom('batches')
        .select('id')
        .where('ended_at', 'is', null)
        .where((eb) => eb.or([eb('worked_at', 'is', null), eb('worked_at', '<=', before)]))
        .where((eb) =>
          eb.exists(
            eb
              .selectFrom('batch_files')
              .select('batch_files.id')
              .whereRef('batch_files.batch_id', '=', 'batches.id')
              .where('stage', 'in', WORK),
          ),
        )
        .execute();
      return rows.map(({ id }) => id);
    },
    async forget(which, now) {
      const ended = await trx
        .updateTable('batches')
        .set({ ended_at: now })
        .where('ended_at', 'is', null)
        .where((eb) =>
          'batchId' in which ? eb('id', '=', which.batchId) : eb('touched_at', '<', which.untouchedSince),
        )
        .returning('id')
        .execute();
      if (ended.length === 0) return 0;
      const batchIds = ended.map(({ id }) => id);
      const forgotten = await trx
        .updateTable('batch_files')
        .set({ stage: 'forgotten', sealed: null, settled_at: now })
        .where('batch_id', 'in', batchIds)
        .where('stage', 'in', ['waiting', 'looked', 'confirmed'])
        .executeTakeFirst();
      await trx
        .updateTable('batch_files')
        .set({ sealed: null })
        .where('batch_id', 'in', batchIds)
        .where('sealed', 'is not', null)
        .execute();
      for (const id of batchIds) await announce(id);
      return Number(forgotten.numUpdatedRows);
    },
    async endIfSettled(batchId, now) {
      await trx
        .updateTable('batches')
        .set({ ended_at: now })
        .where('id', '=', batchId)
        .where('ended_at', 'is', null)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('batch_files')
                .select('batch_files.id')
                .whereRef('batch_files.batch_id', '=', 'batches.id')
                .where('sealed', 'is not', null),
            ),
          ),
        )
        .execute();
      await announce(batchId);
    },
    async deleteEndedBefore(before) {
      await trx.deleteFrom('batches').where('ended_at', '<', before).execute();
    },
  };
}

const json = (value: unknown) => (value === null ? null : JSON.stringify(value));

function columnsOf(change: BatchFileChange, now: Date): Updateable<Tables['batch_files']> {
  const { stage, finding, place, problem, mode, takeOverFrom, acceptOlder, tokenId, tokenVersion, sealed } = change;
  return {
    ...(stage !== undefined && { stage, settled_at: SETTLED.has(stage) ? now : null }),
    ...(finding !== undefined && { finding: json(finding), location_uid: finding?.identity.uId ?? null }),
    ...(place !== undefined && { place: json(place) }),
    ...(problem !== undefined && { problem: json(problem) }),
    ...(mode !== undefined && { mode }),
    ...(takeOverFrom !== undefined && { take_over_from: takeOverFrom }),
    ...(acceptOlder !== undefined && { accept_older: acceptOlder }),
    ...(tokenId !== undefined && { token_id: tokenId }),
    ...(tokenVersion !== undefined && { token_version: tokenVersion }),
    ...(sealed !== undefined && { sealed }),
  };
}

export function rowToBatchFile(row: Selectable<Tables['batch_files']>): BatchFile {
  return {
    id: row.id,
    batchId: row.batch_id,
    fileName: row.file_name,
    bytes: row.bytes,
    sealed: row.sealed,
    fingerprint: row.fingerprint,
    stage: row.stage,
    finding: row.finding === null ? null : findingOf(row.finding as BatchFinding),
    place: row.place as TokenPlace | null,
    mode: row.mode,
    takeOverFrom: row.take_over_from,
    acceptOlder: row.accept_older,
    problem: row.problem as StoredRefusal | null,
    tokenId: row.token_id,
    tokenVersion: row.token_version,
  };
}

/** JSON has no dates. */
function findingOf(finding: BatchFinding): BatchFinding {
  const { identity, before } = finding;
  return {
    ...finding,
    identity: withDate(identity),
    before: before === null ? null : { ...before, identity: withDate(before.identity) },
  };
}

function withDate(identity: Identity): Identity {
  return { ...identity, expiresAt: identity.expiresAt === null ? null : new Date(identity.expiresAt) };
}
