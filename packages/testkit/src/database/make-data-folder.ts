import { openDatabase } from '@winesap/server/store/open-database';

/** Run as a program of its own, so that the engine's memory goes with it: makes an empty database in a data folder. */
const dataDir = process.argv[2];
if (!dataDir) throw new Error('Say which folder.');
await (await openDatabase({ kind: 'embedded', dataDir })).close();
