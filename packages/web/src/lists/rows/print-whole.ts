import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';

/** Lists on the page that may be longer than what was read of them. */
const lists = new Set<() => Promise<void>>();

/** While this is on the page, `printPage` waits until `readAll` has read the list to its end. */
export function usePrintedWhole(readAll: () => Promise<void>): void {
  const read = useEffectEvent(readAll);
  useEffect(() => {
    const all = () => read();
    lists.add(all);
    return () => {
      lists.delete(all);
    };
  }, []);
}

/** Prints the page with its lists from the first row to the last, also those that were not scrolled to. */
export async function printPage(): Promise<void> {
  await Promise.all([...lists].map((read) => read()));
  // What was read last is drawn first.
  await new Promise((drawn) => setTimeout(drawn));
  window.print();
}

let printing = false;

function subscribe(listener: () => void): () => void {
  const become = (next: boolean) => () => {
    printing = next;
    listener();
  };
  const [begin, end] = [become(true), become(false)];
  window.addEventListener('beforeprint', begin);
  window.addEventListener('afterprint', end);
  return () => {
    window.removeEventListener('beforeprint', begin);
    window.removeEventListener('afterprint', end);
  };
}

/** Whether the page is being put on paper now: then rows are drawn that are out of sight. */
export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, () => printing);
}
