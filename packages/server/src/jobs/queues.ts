import type { Jobs } from '@winesap/core';
import type { Transaction } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { Tables } from '../store/tables.ts';
import type { Boss } from './boss.ts';

/**
 * Every queue and how patient it is. Jobs may run twice; each carries ids only. A scan says by its own row that it is
 * alive; the queue's heartbeat is only a second look, and wide enough that a busy machine does not lose its claim.
 */
export const QUEUES = {
  scan: { retryLimit: 3, retryDelay: 5, retryBackoff: true, expireInSeconds: 6 * 3600, heartbeatSeconds: 300 },
  release: { retryLimit: 5, retryDelay: 5, retryBackoff: true, expireInSeconds: 600 },
  metadata: { retryLimit: 2, retryDelay: 60, expireInSeconds: 3600 },
  alert: { retryLimit: 0, expireInSeconds: 300 },
  deliver: { retryLimit: 0, expireInSeconds: 600 },
  hook: { retryLimit: 0, expireInSeconds: 300 },
  notifications: { retryLimit: 3, retryDelay: 5, expireInSeconds: 600 },
  doubts: { retryLimit: 3, retryDelay: 60, expireInSeconds: 600 },
  'tell-notifications': { retryLimit: 3, retryDelay: 5, expireInSeconds: 60 },
  due: { retryLimit: 0, expireInSeconds: 300 },
  purge: { retryLimit: 3, retryDelay: 300, expireInSeconds: 3600 },
  tidy: { retryLimit: 0, expireInSeconds: 3600 },
} as const satisfies Record<string, Parameters<PgBoss['createQueue']>[1]>;

export type QueueName = keyof typeof QUEUES;

/** All schedules of Winesap, in one list, but the checks of tokens, each at its own moment (`pace-checks.ts`). Times are UTC. */
export const SCHEDULES: readonly { queue: QueueName; cron: string }[] = [
  { queue: 'due', cron: '* * * * *' },
  { queue: 'alert', cron: '* * * * *' },
  { queue: 'deliver', cron: '* * * * *' },
  { queue: 'purge', cron: '17 3 * * *' },
  { queue: 'tidy', cron: '43 3 * * *' },
];

/** Enqueues within a transaction: the job exists exactly when what needs it was committed. */
export function jobsIn(boss: Boss, trx: Transaction<Tables>): Jobs {
  const db = boss.inTransaction(trx);
  const send = async (queue: QueueName, data: object, key: string, afterMs = 0): Promise<void> => {
    await boss.boss.send(queue, data, { db, singletonKey: key, startAfter: Math.ceil(afterMs / 1000) });
  };
  // One job of a key waits at a time: what is to happen soon must not be taken for what happens tomorrow.
  const keyOf = (id: string, afterMs = 0) => (afterMs > 0 ? `${id} ${Math.ceil(Math.log10(afterMs))}` : id);
  return {
    scan: (scanId) => send('scan', { scanId }, scanId),
    release: (releaseId, afterMs) => send('release', { releaseId }, keyOf(releaseId, afterMs), afterMs),
    readMetadata: (tokenId, afterMs) => send('metadata', { tokenId }, keyOf(tokenId, afterMs), afterMs),
    deliver: () => send('deliver', {}, 'outbox'),
    keepHook: (tokenId, afterMs) => send('hook', { tokenId }, keyOf(tokenId, afterMs), afterMs),
    processNotifications: (uId) => send('notifications', { uId }, uId),
    answerDoubts: (uId, afterMs) => send('doubts', { uId }, uId, afterMs),
    tellNotifications: (uId, afterMs) => send('tell-notifications', { uId }, uId, afterMs),
    evaluateRules: () => send('alert', {}, 'rules'),
  };
}
