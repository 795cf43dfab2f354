import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';

/** Long enough for the first screen to have the network to itself. */
const AFTER_MS = 2_000;

/**
 * Fetches the other screens' code once the first is shown. Then a screen opens at once, and also while the server
 * restarts or after it was upgraded under an open tab.
 */
export function useScreensAtHand(): void {
  const router = useRouter();
  useEffect(() => {
    const waiting = setTimeout(() => {
      // What cannot be fetched now is fetched when it is opened.
      for (const route of Object.values(router.routesById)) router.loadRouteChunk(route)?.catch(() => undefined);
    }, AFTER_MS);
    return () => clearTimeout(waiting);
  }, [router]);
}
