import { useQueryClient } from '@tanstack/react-query';
import type { Event } from '@winesap/api';
import { createContext, useContext, useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';
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

/** Calls back for every event the server writes from now on. */
export function useLiveEvents(onEvent: (event: Event) => void): void {
  const live = useContext(LiveContext);
  const receive = useEffectEvent(onEvent);
  useEffect(() => live?.onEvent((event) => receive(event)), [live]);
}
