import type { Jobs, Store, Tx } from '@winesap/core';
import { createStore } from '../src/store/create-store.ts';
import { migrate } from '../src/store/engine/migrate.ts';
import type { Database } from '../src/store/engine/open-database.ts';

const NO_JOBS = {} as Jobs;

/** A store over a database, and locations in it that no other test uses. */
export class StoreWorld {
  readonly database: Database;
  readonly store: Store;
  #locations = 0;

  private constructor(database: Database) {
    this.database = database;
    this.store = createStore(database.db, () => NO_JOBS);
  }

  static async on(database: Database): Promise<StoreWorld> {
    await migrate(database);
    return new StoreWorld(database);
  }

  async newLocation(): Promise<string> {
    this.#locations += 1;
    const uid = `L${this.#locations}`;
    await this.database.db.insertInto('locations').values({ uid }).execute();
    return uid;
  }

  /** Repeats a step, each in its own transaction, until it reports that nothing is left. */
  async along<At>(step: (tx: Tx, after: At | null) => Promise<At | null>): Promise<void> {
    let after: At | null = null;
    do {
      const from: At | null = after;
      after = await this.store.write((tx) => step(tx, from));
    } while (after !== null);
  }
}
