import type { Reading, Readings } from '@winesap/core';
import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

export function createReadings(trx: Transaction<Tables>): Readings {
  return {
    async of(uId) {
      const row = await trx
        .selectFrom('readings')
        .innerJoin('locations', 'locations.uid', 'readings.location_uid')
        .selectAll('readings')
        .select('locations.held')
        .where('location_uid', '=', uId)
        .executeTakeFirst();
      if (row === undefined) return null;
      return {
        assetsVersion: row.assets_version,
        assignmentsVersion: row.assignments_version,
        held: row.held,
        surplus: row.surplus,
        discrepancy: row.discrepancy as Reading['discrepancy'],
        fullAt: row.full_at,
        fullEveryMs: Number(row.full_every_ms),
        askedAt: row.asked_at,
      };
    },
    async save(uId, reading, readAt) {
      const columns = {
        assets_version: reading.assetsVersion,
        assignments_version: reading.assignmentsVersion,
        surplus: reading.surplus,
        discrepancy: reading.discrepancy === null ? null : JSON.stringify(reading.discrepancy),
        full_at: reading.fullAt,
        full_every_ms: reading.fullEveryMs,
        asked_at: reading.askedAt,
        read_at: readAt,
      };
      await trx
        .insertInto('readings')
        .values({ location_uid: uId, ...columns })
        .onConflict((conflict) => conflict.column('location_uid').doUpdateSet(columns))
        .execute();
    },
  };
}
