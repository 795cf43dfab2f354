import { type Inspection, type Problem, routes, type TokenRef } from '@winesap/api';
import { useCallback, useEffectEvent, useRef, useState } from 'react';
import { api, problemOf } from '../data/api.ts';
import { type ChosenFile, takeFile } from '../parts/files/token-file.ts';

interface Named {
  key: number;
  name: string;
}

/** A single dropped file on its way: asked about, then waiting for a person, then settled. */
export type DroppedFile =
  | (Named & { state: 'reading' })
  | (Named & { state: 'refused'; problem: Pick<Problem, 'title' | 'detail'> })
  | (Named & { state: 'held'; file: ChosenFile; inspection: Inspection; heldBy: TokenRef; outcome: Outcome | null });

export type Outcome = 'renewed' | 'passed-over';

/**
 * The single file that was dropped last. One of a token we hold opens its renewal window by itself; one of a new location
 * is handed to `onNew`.
 */
export function useDroppedFile(onNew: (file: File) => void) {
  const [file, setFile] = useState<DroppedFile | null>(null);
  const [isOpen, setOpen] = useState(false);
  const nextKey = useRef(1);
  const handOver = useEffectEvent(onNew);

  const take = useCallback(async (given: File) => {
    const key = nextKey.current++;
    setOpen(false);
    setFile({ key, name: given.name, state: 'reading' });
    const seen = await inspect(key, given);
    if (key !== nextKey.current - 1) return;
    setFile(seen);
    setOpen(seen?.state === 'held');
    if (seen === null) handOver(given);
  }, []);

  /** The first word counts: a window that saved and then closes has not passed the file over. */
  const settle = useCallback((outcome: Outcome) => {
    setOpen(false);
    setFile((before) =>
      before?.state === 'held' && (before.outcome === null || before.outcome === 'passed-over')
        ? { ...before, outcome }
        : before,
    );
  }, []);

  return { file, isOpen, take, settle, open: () => setOpen(true), clear: () => setFile(null) };
}

/** Null: it opens a location of which Winesap holds no token. */
async function inspect(key: number, file: File): Promise<DroppedFile | null> {
  const named = { key, name: file.name };
  const choice = takeFile(file);
  if (choice.problem !== null) return { ...named, state: 'refused', problem: choice.problem };
  try {
    const inspection = await api.call(routes.inspectTokenFile, {
      query: { fileName: file.name },
      body: await choice.file.content,
    });
    const { heldBy } = inspection;
    if (heldBy === null) return null;
    return { ...named, file: choice.file, inspection, outcome: null, state: 'held', heldBy };
  } catch (error) {
    return { ...named, state: 'refused', problem: problemOf(error) };
  }
}
