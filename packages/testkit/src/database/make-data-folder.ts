import { prepareDatabase } from '@winesap/server/prepare-database';
import { openDatabase } from '@winesap/server/store/open-database';

/** Run as a program of its own, so that the engine's memory goes with it: makes a database in a data folder. */
const [, , dataDir, what] = process.argv;
if (!dataDir) throw new Error('Say which folder.');
if (what === 'ready') await prepareDatabase({ kind: 'embedded', dataDir });
else await (await openDatabase({ kind: 'embedded', dataDir })).close();
