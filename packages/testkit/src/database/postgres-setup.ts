import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { prepareDatabase } from '@winesap/server/prepare-database';
import { announceDesk, type DeskThing } from '../run-desk.ts';
import { createTestDatabase } from './postgres.ts';
import { startPostgresServer } from './postgres-server.ts';
import { quickDisk } from './quick-disk.ts';

interface Made {
  answer: string;
  remove(): Promise<void> | void;
}

const MAKERS: Record<DeskThing, () => Promise<Made>> = {
  postgres: async () => {
    const server = await startPostgresServer();
    return { answer: server.url('postgres'), remove: server.stop };
  },
  'ready-database': async () => {
    const { url, drop } = await createTestDatabase({ empty: true });
    await prepareDatabase({ kind: 'postgres', url });
    return { answer: new URL(url).pathname.slice(1), remove: drop };
  },
  'empty-folder': () => makeFolder('empty'),
  'ready-folder': () => makeFolder('ready'),
};

async function makeFolder(what: 'empty' | 'ready'): Promise<Made> {
  const folder = mkdtempSync(join(quickDisk(), 'winesap-template-'));
  const program = join(import.meta.dirname, 'make-data-folder.ts');
  await promisify(execFile)(process.execPath, [program, folder, what]);
  return { answer: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * One PostgreSQL and the databases that tests start with, for a whole test run (Vitest's `globalSetup`). Each is
 * created when the first test asks for it, so a run that needs none pays for none.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const made = new Map<DeskThing, Promise<Made>>();
  const desk = createServer((request, response) => {
    const thing = (request.url ?? '').slice(1) as DeskThing;
    const one = made.get(thing) ?? MAKERS[thing]();
    made.set(thing, one);
    // A kept connection could be closed just when a test starts its next request.
    response.setHeader('connection', 'close');
    one.then(
      ({ answer }) => response.end(answer),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
  announceDesk(`http://127.0.0.1:${(desk.address() as AddressInfo).port}`);
  return async () => {
    desk.close();
    desk.closeAllConnections();
    // What was created last depends on what was created before.
    for (const one of [...made.values()].reverse()) {
      await one.then(
        ({ remove }) => remove(),
        () => {},
      );
    }
  };
}
