import type { Jobs } from '@winesap/core';
import type { Transaction } from 'kysely';
import type { Tables } from '../store/tables.ts';
import type { Boss } from './boss.ts';
import type { JobData, JobName } from './jobs.ts';

/** Queues a job. At most one job per key waits. */
export type Send = <Name extends JobName>(
  name: Name,
  data: JobData<Name>,
  key: string,
  afterMs?: number,
) => Promise<void>;

/** Queues within a transaction: the job exists exactly if what needs it was committed. */
export function jobsIn(boss: Boss, trx: Transaction<Tables>): Jobs {
  const db = boss.inTransaction(trx);
  return jobsBy(async (name, data, key, afterMs = 0) => {
    await boss.boss.send(name, data, { db, singletonKey: key, startAfter: Math.ceil(afterMs / 1000) });
  });
}

/** What use cases enqueue, by name, data, and key. */
export function jobsBy(send: Send): Jobs {
  // At most one job per key waits, so jobs that are due soon need another key than those due tomorrow.
  const keyOf = (id: string, afterMs = 0) => (afterMs > 0 ? `${id} ${Math.ceil(Math.log10(afterMs))}` : id);
  return {
    scan: (scanId) => send('scan', { scanId }, scanId),
    release: (releaseId, afterMs) => send('release', { releaseId }, keyOf(releaseId, afterMs), afterMs),
    readMetadata: (tokenId, afterMs) => send('metadata', { tokenId }, keyOf(tokenId, afterMs), afterMs),
    deliver: () => send('deliver', {}, 'outbox'),
    applyHook: (tokenId, afterMs) => send('hook', { tokenId }, keyOf(tokenId, afterMs), afterMs),
    processNotifications: (uId) => send('notifications', { uId }, uId),
    recheckAssets: (uId, afterMs) => send('rechecks', { uId }, uId, afterMs),
    logNotifications: (uId, afterMs) => send('log-notifications', { uId }, uId, afterMs),
    workOnBatch: (batchId) => send('batch', { batchId }, batchId),
    evaluateRules: () => send('alert', {}, 'rules'),
  };
}
