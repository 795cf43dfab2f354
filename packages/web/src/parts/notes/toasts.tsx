import { useSyncExternalStore } from 'react';
import classes from './toasts.module.css';

/** Something was done: said once at the foot of the page, and read out. It goes by itself. */
let words: { id: number; text: string } | null = null;
let leaving: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function set(next: typeof words): void {
  words = next;
  for (const listener of listeners) listener();
}

const STAYS_MS = 8_000;

export function showToast(text: string): void {
  clearTimeout(leaving);
  set({ id: (words?.id ?? 0) + 1, text });
  leaving = setTimeout(() => set(null), STAYS_MS);
}

export function Toasts() {
  const said = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => words,
  );
  return (
    <div className={classes.place} role="status" aria-live="polite">
      {said !== null && (
        <p key={said.id} className={classes.toast}>
          {said.text}
        </p>
      )}
    </div>
  );
}
