import { type Jobs, type Resealed, reseal } from '@winesap/core';
import { loadConfig } from './config/load-config.ts';
import { sealOptionsOf } from './config/seal-options.ts';
import { openExisting } from './open-existing.ts';
import { openSeal } from './seal/seal.ts';
import { createStore } from './store/create-store.ts';

/**
 * Seals everything that is stored with the present key, for an operator who wants to drop an old key. With the embedded
 * database, the server has to be stopped first.
 * Errors: seal.key-invalid, seal.key-missing; data-folder.in-use while the server runs; data-folder.empty.
 */
export async function resealRows(options: {
  env: Readonly<Record<string, string | undefined>>;
}): Promise<Resealed & { keyId: string }> {
  const config = loadConfig(options.env);
  const database = await openExisting(config);
  try {
    const seal = await openSeal({ ...sealOptionsOf(config), makesKey: false });
    const store = createStore(database.db, () => ({}) as Jobs, database.engine);
    return { ...(await reseal({ store, seal }, 'old')), keyId: seal.keyId };
  } finally {
    await database.close();
  }
}
