import { useEffect } from 'react';

/**
 * When `shown` changes and what had the focus went with it (a link of the screen before, the button of a removed
 * token), the keyboard goes on at the content instead of at the top of the page.
 */
export function useFocusKept(shown: string | null): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown is what changed
  useEffect(() => {
    if (document.activeElement === document.body) document.getElementById('content')?.focus({ preventScroll: true });
  }, [shown]);
}
