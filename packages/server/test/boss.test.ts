import { patience, until } from '@winesap/testkit';
import { forEachEngine } from '@winesap/testkit/engines';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Boss, createBoss } from '../src/jobs/boss.ts';
import { createLog } from '../src/log/create-log.ts';
import type { Database } from '../src/store/engine/open-database.ts';

forEachEngine(
  (_engine, open) => {
    const lines: string[] = [];
    const log = createLog({ level: 'warn', stream: { write: (line) => lines.push(line) } });
    let database: Database;
    let boss: Boss;

    beforeAll(async () => {
      database = await open();
      boss = createBoss(database, log, true);
      await boss.start();
    });

    afterAll(async () => {
      await boss.stop();
      expect(lines).toEqual([]);
    });

    const countJobs = async (queue: string) => (await boss.boss.findJobs(queue)).length;

    test('a job exists exactly if the transaction that sent it commits', async () => {
      await boss.makeQueue('kept', { policy: 'short' });

      await database.db.transaction().execute(async (trx) => {
        await boss.boss.send('kept', { n: 1 }, { db: boss.inTransaction(trx), singletonKey: 'committed' });
      });
      const undone = database.db.transaction().execute(async (trx) => {
        await boss.boss.send('kept', { n: 2 }, { db: boss.inTransaction(trx), singletonKey: 'undone' });
        throw new Error('undo');
      });

      await expect(undone).rejects.toThrow('undo');
      expect(await boss.boss.findJobs('kept')).toMatchObject([{ data: { n: 1 } }]);
    });

    test('a job sent in a transaction starts immediately, long before the next poll', async () => {
      await boss.makeQueue('prompt', { policy: 'standard' });
      const done: object[] = [];
      await boss.work('prompt', 1, async (data) => {
        done.push(data);
      });
      // The worker has polled once and now waits for its next poll.
      await boss.boss.send('prompt', { n: 1 });
      await until('the first job', () => done.length === 1);

      const sentAt = performance.now();
      await database.db.transaction().execute(async (trx) => {
        await boss.boss.send('prompt', { n: 2 }, { db: boss.inTransaction(trx) });
      });
      await until('the second job', () => done.length === 2, Boolean, { everyMs: 10 });

      expect(done).toEqual([{ n: 1 }, { n: 2 }]);
      expect(performance.now() - sentAt).toBeLessThan(1_000 * patience());
    });

    test('a failed job is retried, and at most one job per key waits', async () => {
      await boss.makeQueue('again', { policy: 'short', retryLimit: 1, retryDelay: 0 });
      for (let n = 0; n < 3; n++) await boss.boss.send('again', {}, { singletonKey: 'one' });
      expect(await countJobs('again')).toBe(1);

      let runs = 0;
      const { promise: second, resolve } = Promise.withResolvers<void>();
      await boss.work('again', 1, async () => {
        runs += 1;
        if (runs === 1) throw new Error('first time');
        resolve();
      });

      await second;
      expect(runs).toBe(2);
    });

    test("a job that exceeds its queue's time limit is aborted, and the log says so", async () => {
      await boss.makeQueue('slow', { policy: 'standard', expireInSeconds: 1, retryLimit: 0 });
      const { promise: stopped, resolve } = Promise.withResolvers<void>();
      await boss.work('slow', 1, async (_data, signal) => {
        await new Promise<void>((end) => signal.addEventListener('abort', () => end()));
        resolve();
      });

      await boss.boss.send('slow', {});
      await stopped;

      expect(lines.splice(0).map((line) => JSON.parse(line))).toMatchObject([
        { level: 'warn', queue: 'slow', message: 'a job ran out of time, or lost its claim' },
      ]);
    });

    test('an existing database is ready again in less than a second', async () => {
      const other = createBoss(database, log, true);
      const from = performance.now();
      await other.start();
      const took = performance.now() - from;
      await other.stop();

      expect(took).toBeLessThan(1_000 * patience());
    });
  },
  { empty: true },
);
