import { type Inspection, type Problem, routes, type TokenRef } from '@winesap/api';
import { useCallback, useMemo, useRef, useState } from 'react';
import { api, problemOf } from '../app/api.ts';
import { type ChosenFile, takeFile } from '../parts/token-file.ts';

interface Named {
  key: number;
  name: string;
}

/** A dropped file on its way: asked about, then waiting for a person, then settled. */
export type DroppedFile =
  | (Named & { state: 'reading' })
  | (Named & { state: 'refused'; problem: Pick<Problem, 'title' | 'detail'> })
  | (Named & { state: 'held'; file: ChosenFile; inspection: Inspection; heldBy: TokenRef; outcome: Outcome | null })
  | (Named & { state: 'not-held'; file: ChosenFile; inspection: Inspection; outcome: Outcome | null });

export type Outcome = 'renewed' | 'added' | 'passed-over';

export interface DroppedFiles {
  files: readonly DroppedFile[];
  /** The one whose window is open. */
  current: DroppedFile | null;
  take: (files: File[]) => Promise<void>;
  /** The first word counts: a window that saved and then closes has not passed the file over. */
  settle: (key: number, outcome: Outcome) => void;
  /** Opens the window of a file that was passed over, or that waits for a policy. */
  open: (key: number) => void;
  clear: () => void;
}

/**
 * The dropped files of this visit. Files of tokens we hold open their renewal window by themselves, one after another;
 * a file of a location we do not hold waits until somebody asks to add it.
 */
export function useDroppedFiles(): DroppedFiles {
  const [files, setFiles] = useState<readonly DroppedFile[]>([]);
  const [asked, setAsked] = useState<number | null>(null);
  const nextKey = useRef(1);

  const replace = useCallback((fresh: DroppedFile) => {
    setFiles((before) => before.map((file) => (file.key === fresh.key ? fresh : file)));
  }, []);

  const take = useCallback(
    async (list: File[]) => {
      const taken = list.map((file) => ({ key: nextKey.current++, file }));
      setFiles((before) => [
        ...before,
        ...taken.map(({ key, file }) => ({ key, name: file.name, state: 'reading' }) as const),
      ]);
      // One after another: Apple is asked about each, and the order of the windows is the order of the files.
      for (const { key, file } of taken) replace(await inspect(key, file));
    },
    [replace],
  );

  const settle = useCallback((key: number, outcome: Outcome) => {
    setAsked((before) => (before === key ? null : before));
    setFiles((before) =>
      before.map((file) =>
        file.key === key && 'outcome' in file && (file.outcome === null || file.outcome === 'passed-over')
          ? { ...file, outcome: outcome === 'passed-over' ? (file.outcome ?? outcome) : outcome }
          : file,
      ),
    );
  }, []);

  const current = useMemo(() => {
    const byHand = files.find((file) => file.key === asked);
    return byHand ?? files.find((file) => file.state === 'held' && file.outcome === null) ?? null;
  }, [files, asked]);

  return { files, current, take, settle, open: setAsked, clear: () => setFiles([]) };
}

async function inspect(key: number, file: File): Promise<DroppedFile> {
  const named = { key, name: file.name };
  const choice = takeFile(file);
  if (choice.problem !== null) return { ...named, state: 'refused', problem: choice.problem };
  try {
    const inspection = await api.call(routes.inspectTokenFile, {
      query: { fileName: file.name },
      body: await choice.file.content,
    });
    const { heldBy } = inspection;
    const found = { ...named, file: choice.file, inspection, outcome: null };
    return heldBy === null ? { ...found, state: 'not-held' } : { ...found, state: 'held', heldBy };
  } catch (error) {
    return { ...named, state: 'refused', problem: problemOf(error) };
  }
}
