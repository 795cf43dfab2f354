import type { Inspection, Problem, RenewalPreview } from '@winesap/api';
import { takeFile } from '../../parts/files/token-file.ts';
import { type BulkFile, isOfThisFile, judge } from './bulk-file.ts';

/** What is asked of the server; it throws, and `problemOf` says what was thrown. */
export interface BulkCalls {
  inspect(name: string, content: Blob): Promise<Inspection>;
  preview(tokenId: string, name: string, content: Blob): Promise<RenewalPreview>;
  renew(preview: RenewalPreview, name: string, content: Blob, acceptOlder: boolean): Promise<unknown>;
  problemOf(error: unknown): Problem;
}

export interface BulkState {
  files: readonly BulkFile[];
  busy: 'looking' | 'renewing' | null;
  /** How many of this round are to be renewed, and how many are through. */
  round: { total: number; done: number };
  /** What stopped everything, not one file: no answer, nobody signed in. */
  halted: Problem | null;
}

export interface BulkRenewal {
  state(): BulkState;
  onChange(listener: () => void): () => void;
  take(files: readonly File[]): void;
  lookAgain(key: number): void;
  /** After something stopped everything. */
  goOn(): void;
  acceptOlder(key: number, accepted: boolean): void;
  /** Renews with every file that is ready, one by one. A failure of one stops none of the others. */
  renewAll(): Promise<void>;
  added(key: number): void;
  clear(): void;
}

/** Apple is asked several times for each file; its limits are per location, so a few locations go side by side. */
const AT_ONCE = 4;
const NOTHING: BulkState = { files: [], busy: null, round: { total: 0, done: 0 }, halted: null };

/** Many files on their way to renew their tokens. Nothing is stored before `renewAll`. */
export function createBulkRenewal(calls: BulkCalls): BulkRenewal {
  let state = NOTHING;
  let looking = 0;
  let nextKey = 1;
  const listeners = new Set<() => void>();

  const set = (change: Partial<BulkState>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const mark = (key: number, change: Partial<BulkFile>) =>
    set({ files: state.files.map((file) => (file.key === key ? { ...file, ...change } : file)) });
  const there = (key: number) => state.files.some((file) => file.key === key);

  /** What was thrown, as a problem of the file, or as what stops all. */
  const fail = (file: BulkFile, error: unknown, meanwhile: BulkFile['stage'], ofFile: BulkFile['stage']) => {
    if (!there(file.key)) return;
    const problem = calls.problemOf(error);
    if (isOfThisFile(problem)) return mark(file.key, { stage: ofFile, problem });
    mark(file.key, { stage: meanwhile });
    set({ halted: problem });
  };

  const look = async (file: BulkFile) => {
    mark(file.key, { stage: 'reading' });
    try {
      if (file.file === null) return;
      const content = await file.file.content;
      const inspection = await calls.inspect(file.name, content);
      const preview =
        inspection.heldBy === null ? null : await calls.preview(inspection.heldBy.tokenId, file.name, content);
      if (there(file.key)) mark(file.key, { stage: 'read', inspection, preview });
    } catch (error) {
      fail(file, error, 'waiting', 'read');
    }
  };

  const lookOn = async () => {
    looking += 1;
    for (;;) {
      const next = state.halted === null ? state.files.find(({ stage }) => stage === 'waiting') : undefined;
      if (next === undefined) break;
      await look(next);
    }
    looking -= 1;
    if (looking === 0 && state.busy === 'looking') set({ busy: null });
  };

  const start = () => {
    if (state.busy === 'renewing') return;
    if (!state.files.some(({ stage }) => stage === 'waiting')) return;
    set({ busy: 'looking' });
    for (let free = AT_ONCE - looking; free > 0; free -= 1) void lookOn();
  };

  const renewOne = async (file: BulkFile) => {
    if (file.file === null || file.preview === null) return;
    mark(file.key, { stage: 'renewing' });
    try {
      await calls.renew(file.preview, file.name, await file.file.content, file.acceptOlder);
      mark(file.key, { stage: 'renewed' });
    } catch (error) {
      fail(file, error, 'read', 'failed');
    }
  };

  return {
    state: () => state,
    onChange: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    take: (files) => {
      const taken = files.map((given): BulkFile => {
        const { file, problem } = takeFile(given);
        const stage = file === null ? 'read' : 'waiting';
        const empty = { inspection: null, preview: null, acceptOlder: false };
        return { key: nextKey++, name: given.name, file, problem, stage, ...empty };
      });
      set({ files: [...state.files, ...taken] });
      start();
    },
    lookAgain: (key) => {
      mark(key, { stage: 'waiting', problem: null, inspection: null, preview: null });
      start();
    },
    goOn: () => {
      set({ halted: null });
      start();
    },
    acceptOlder: (key, accepted) => mark(key, { acceptOlder: accepted }),
    renewAll: async () => {
      if (state.busy !== null) return;
      const ready = judge(state.files).filter(({ verdict }) => verdict === 'ready');
      set({ busy: 'renewing', halted: null, round: { total: ready.length, done: 0 } });
      for (const [done, file] of ready.entries()) {
        await renewOne(file);
        if (state.halted !== null) break;
        set({ round: { total: ready.length, done: done + 1 } });
      }
      set({ busy: null });
      // What was dropped meanwhile has waited.
      start();
    },
    added: (key) => mark(key, { stage: 'added' }),
    clear: () => {
      if (state.busy !== 'renewing') set(NOTHING);
    },
  };
}
