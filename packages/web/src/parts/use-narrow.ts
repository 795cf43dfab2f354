import { useSyncExternalStore } from 'react';

/** Beside the tree of policies there is room for a table only on a wide page; the same measure as in the styles. */
const NARROW = '(max-width: 920px)';

/** Whether rows are cards. */
export function useNarrow(measure = NARROW): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(measure);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => window.matchMedia(measure).matches,
  );
}
