import { createBoss } from './jobs/boss.ts';
import { makeQueues } from './jobs/start-jobs.ts';
import { createLog } from './log/create-log.ts';
import { migrate } from './store/engine/migrate.ts';
import { type DatabaseOptions, openDatabase } from './store/engine/open-database.ts';

/** Creates the tables and queues in a database, as a first start does, and closes it. */
export async function prepareDatabase(options: DatabaseOptions): Promise<void> {
  const database = await openDatabase(options);
  try {
    await migrate(database);
    const boss = createBoss(database, createLog({ level: 'silent', stream: { write: () => true } }), false);
    await boss.start();
    await makeQueues(boss);
    await boss.stop();
  } finally {
    await database.close();
  }
}
