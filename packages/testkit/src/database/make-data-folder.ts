import { prepareDatabase } from '@winesap/server/prepare-database';
import { openDatabase } from '@winesap/server/store/open-database';

/** Runs as a separate program, so that the engine's memory is freed with it: creates a database in a data folder. */
const [, , dataDir, what] = process.argv;
if (!dataDir) throw new Error('Say which folder.');
if (what === 'ready') await prepareDatabase({ kind: 'embedded', dataDir });
else await (await openDatabase({ kind: 'embedded', dataDir })).close();
