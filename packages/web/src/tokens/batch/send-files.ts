import { type BatchSummary, type Problem, routes } from '@winesap/api';
import { api, problemOf } from '../../data/api.ts';
import { takeFile } from '../../parts/files/token-file.ts';

/** Files on their way from this page to the server. */
export interface Sending {
  batchId: string;
  total: number;
  sent: number;
  /** What stopped it: no answer, nobody signed in. */
  problem: Problem | null;
}

/** A browser opens about six connections to a server; others need one too. */
const AT_ONCE = 4;

let sending: Sending | null = null;
let waiting: File[] = [];
const listeners = new Set<() => void>();

function set(next: Sending | null): void {
  sending = next;
  for (const listener of listeners) listener();
}

export const sendingNow = () => sending;
export function onSending(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Opens a batch for these files and begins to send them. Errors: ApiProblem if the batch can't be opened. */
export async function sendToNewBatch(files: readonly File[]): Promise<BatchSummary> {
  const batch = await api.call(routes.openBatch, {});
  sendFiles(batch.id, files);
  return batch;
}

/** Sends files to a batch, a few at once. What can't be sent now waits for `sendRest`. */
export function sendFiles(batchId: string, files: readonly File[]): void {
  if (sending !== null && sending.batchId === batchId && sending.problem === null) {
    waiting.push(...files);
    set({ ...sending, total: sending.total + files.length });
    return;
  }
  waiting = [...files];
  set({ batchId, total: files.length, sent: 0, problem: null });
  start(batchId);
}

/** After something stopped it. */
export function sendRest(): void {
  if (sending === null || sending.problem === null) return;
  set({ ...sending, problem: null });
  start(sending.batchId);
}

function start(batchId: string): void {
  window.addEventListener('beforeunload', askFirst);
  const lanes = Array.from({ length: AT_ONCE }, () => sendOn(batchId));
  void Promise.all(lanes).then(() => {
    if (sending?.batchId === batchId && sending.problem === null) set(null);
    window.removeEventListener('beforeunload', askFirst);
  });
}

const askFirst = (event: BeforeUnloadEvent) => event.preventDefault();

async function sendOn(batchId: string): Promise<void> {
  for (;;) {
    if (sending === null || sending.batchId !== batchId || sending.problem !== null) return;
    const file = waiting.shift();
    if (file === undefined) return;
    try {
      await send(batchId, file);
      if (sending?.batchId === batchId) set({ ...sending, sent: sending.sent + 1 });
    } catch (error) {
      waiting.unshift(file);
      if (sending?.batchId === batchId) set({ ...sending, problem: problemOf(error) });
      return;
    }
  }
}

/** A file that is too big to be a token, or can't be read, is listed all the same: by its name and size. */
async function send(batchId: string, file: File): Promise<void> {
  const { file: chosen } = takeFile(file);
  const body = chosen === null ? new Blob() : await chosen.content.catch(() => new Blob());
  const size = chosen === null ? { size: String(file.size) } : {};
  await api.call(routes.addBatchFile, {
    params: { batchId },
    query: { fileName: file.name.slice(0, 255), ...size },
    body,
  });
}
