import { fsyncSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { SessionResult } from '../session.ts';
import { type OpenPGlite, openPGlite } from './open-pglite.ts';
import { type Ask, describeError, type Message, type ThreadStart } from './thread-messages.ts';

/** PostgreSQL on its own thread: answers one query after the other, in order. */
const { folder, compiled, diskFails } = workerData as ThreadStart;
const port = parentPort;
if (port === null) throw new Error('This runs as a thread of the embedded engine.');
const post = (message: Message) => port.postMessage(message);

function sync(fd: number): void {
  if (diskFails !== null && Atomics.load(diskFails, 0) !== 0)
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  fsyncSync(fd);
}

async function run(open: OpenPGlite, sql: string, parameters: readonly unknown[]): Promise<Message> {
  const { pglite, ended } = open;
  try {
    const results =
      parameters.length > 0 ? [await pglite.query(sql, [...parameters])] : ((await pglite.exec(sql)) ?? []);
    const last = results.at(-1);
    const result: SessionResult = {
      command: last?.command ?? '',
      rowCount: last?.rowCount ?? last?.affectedRows ?? 0,
      rows: results.length === 1 && last ? last.rows : results.flatMap(({ rows }) => rows),
    };
    // The result of a PostgreSQL that gave up in the middle is not an answer.
    const end = ended();
    if (end === undefined) return { kind: 'result', result, inTransaction: pglite.isInTransaction() };
    return { kind: 'ended', error: describeError(end) };
  } catch (error) {
    const end = ended();
    if (end !== undefined) return { kind: 'ended', error: describeError(end) };
    return { kind: 'error', error: describeError(error), inTransaction: pglite.isInTransaction() };
  }
}

async function answer(open: OpenPGlite, ask: Ask): Promise<void> {
  if (ask.kind === 'run') return post(await run(open, ask.sql, ask.parameters));
  if (open.ended() === undefined) await open.pglite.close();
  port?.close();
}

try {
  const open = await openPGlite(folder, compiled, sync);
  // NOTE: not PGlite's own `listen`, which mishandles names that contain a quote.
  open.pglite.onNotification((channel, payload) => post({ kind: 'notification', channel, payload }));
  let before: Promise<void> = Promise.resolve();
  port.on('message', (ask: Ask) => {
    before = before.then(() => answer(open, ask)).catch(() => undefined);
  });
  post({ kind: 'opened' });
} catch (error) {
  post({ kind: 'not-opened', error: describeError(error) });
  port.close();
}
