import { Worker } from 'node:worker_threads';
import { arrayText } from '../array-text.ts';
import type { SessionResult } from '../session.ts';
import { type Ask, errorOf, type Message, type ThreadStart } from './thread-messages.ts';

/** PostgreSQL on its own thread, as its owner sees it. One caller at a time. */
export interface EngineThread {
  run(sql: string, parameters: readonly unknown[]): Promise<SessionResult>;
  /** As of the last answer. */
  inTransaction(): boolean;
  /** Why it can no longer be used, if it can't. */
  ended(): Error | undefined;
  close(): Promise<void>;
}

interface Waiting {
  resolve(result: SessionResult): void;
  reject(error: Error): void;
}

/**
 * Starts the thread and opens the files of the folder in it. `onNotification` receives every NOTIFY on a channel with a
 * LISTEN.
 */
export async function openThread(
  start: ThreadStart,
  onNotification: (channel: string, payload: string) => void,
): Promise<EngineThread> {
  const worker = new Worker(new URL('./engine-thread.ts', import.meta.url), { workerData: start });
  const waiting: Waiting[] = [];
  let inTransaction = false;
  let ended: Error | undefined;
  let opened: Waiting | undefined;
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
  });

  const take = (): Waiting | undefined => {
    const next = waiting.shift();
    // A process may end while the database is idle.
    if (waiting.length === 0) worker.unref();
    return next;
  };
  const end = (reason: Error) => {
    ended ??= reason;
    opened?.reject(reason);
    while (waiting.length > 0) take()?.reject(reason);
  };
  worker.on('message', (message: Message) => {
    switch (message.kind) {
      case 'opened':
        return opened?.resolve({ command: '', rowCount: 0, rows: [] });
      case 'not-opened':
        return opened?.reject(errorOf(message.error));
      case 'notification':
        return onNotification(message.channel, message.payload);
      case 'result':
        inTransaction = message.inTransaction;
        return take()?.resolve(message.result);
      case 'error':
        inTransaction = message.inTransaction;
        return take()?.reject(errorOf(message.error));
      case 'ended':
        return end(errorOf(message.error));
    }
  });
  worker.on('error', end);
  worker.on('exit', () => end(new Error('The thread of the embedded database ended.')));

  await new Promise<SessionResult>((resolve, reject) => {
    opened = { resolve, reject };
  });
  opened = undefined;
  worker.unref();

  const post = (ask: Ask) => worker.postMessage(ask);
  return {
    run: (sql, parameters) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) return reject(ended);
        // NOTE: a message that can't be sent throws here, before anything waits for its answer.
        post({ kind: 'run', sql, parameters: parameters.map(arrayText) });
        worker.ref();
        waiting.push({ resolve, reject });
      }),
    inTransaction: () => inTransaction,
    ended: () => ended,
    async close() {
      worker.ref();
      if (ended === undefined) post({ kind: 'close' });
      else await worker.terminate();
      await exited;
    },
  };
}
