import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { type Connection, type Live, startLive } from './live.ts';

export const LiveContext = createContext<Live | null>(null);

/** Opens the stream while the component that calls it is on the page. */
export function useStartLive(): Live | null {
  const client = useQueryClient();
  const [live, setLive] = useState<Live | null>(null);
  useEffect(() => {
    const started = startLive(client);
    setLive(started);
    return () => started.stop();
  }, [client]);
  return live;
}

export function useConnection(): Connection {
  const live = useContext(LiveContext);
  return useSyncExternalStore(
    (listener) => live?.onConnection(listener) ?? (() => undefined),
    () => live?.connection() ?? 'connecting',
  );
}
