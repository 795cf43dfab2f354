import { matchQuery, type QueryClient, type QueryFilters } from '@tanstack/react-query';
import {
  type AnyRoute,
  type ContentToken,
  type PolicyDetail,
  routes,
  type Scan,
  type ScanProgress,
  StreamMessage,
  urlOf,
} from '@winesap/api';
import { FRESH_AT_MOST, HISTORY_LENGTH } from './queries.ts';
import { query } from './query.ts';
import { isRead, readsOf, readsOfLocation } from './reads.ts';

export type Connection = 'connecting' | 'open' | 'lost';

export interface Live {
  connection(): Connection;
  onConnection(listener: () => void): () => void;
  stop(): void;
}

/** How long changes are gathered before the screens read again: a burst of messages is one read. */
const GATHER_MS = 250;
/** A browser opens about six connections to a server; tabs nobody looks at must not hold them all. */
const PAUSE_HIDDEN_MS = 60_000;
const RETRY_MS = [1_000, 2_000, 5_000, 10_000, 30_000] as const;

/**
 * Follows the server's stream for as long as somebody is signed in and keeps what the screens show current.
 * After a lost connection, or a while in which nobody looked at the page, everything is read anew.
 */
export function startLive(client: QueryClient): Live {
  const connectionListeners = new Set<() => void>();
  let stale: QueryFilters[] = [];
  let state: Connection = 'connecting';
  let failures = 0;
  // Whether messages may have gone by unheard since the last read.
  let missed = false;
  let paused = false;
  let pausing: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource | undefined;
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let retrying: ReturnType<typeof setTimeout> | undefined;

  const become = (next: Connection) => {
    if (next === state) return;
    state = next;
    for (const listener of connectionListeners) listener();
  };

  const readAgain = (...reads: (AnyRoute | QueryFilters)[]) => {
    for (const each of reads) stale.push('path' in each ? readsOf(each) : each);
    gathering ??= setTimeout(() => {
      gathering = undefined;
      const due = stale;
      stale = [];
      void client.invalidateQueries({ predicate: (read) => due.some((filters) => matchQuery(filters, read)) });
    }, GATHER_MS);
  };

  const receive = (message: StreamMessage) => {
    switch (message.topic) {
      case 'hello':
        failures = 0;
        if (missed) void client.invalidateQueries({ predicate: (read) => !isRead(read, routes.previewRemoval) });
        // Between the first read and the open stream something may have happened to a token.
        else readAgain(routes.listTokens, routes.getToken, routes.getPolicy);
        missed = false;
        return become('open');
      case 'event':
        // The list itself stays as it is: nothing moves under the pointer until it is asked for.
        readAgain(routes.summarizeEvents, readsOf(routes.listEvents, { query: { limit: FRESH_AT_MOST } }));
        if (message.tokenId !== null) {
          const { tokenId } = message;
          readAgain(readsOf(routes.listEvents, { query: { tokenId, limit: HISTORY_LENGTH } }));
          readAgain(readsOf(routes.listUploads, { params: { tokenId } }));
        }
        return;
      case 'scan':
        showProgress(client, message.scan);
        if (message.scan.finishedAt !== null) {
          const params = { tokenId: message.scan.tokenId };
          readAgain(routes.listTokens, readsOf(routes.getToken, { params }), routes.getPolicy);
          readAgain(readsOf(routes.listScans, { params }), readsOf(routes.getNotificationHealth, { params }));
          readAgain(readsOf(routes.listNotifications, { params }), readsOfLocation(), routes.findAssets);
        }
        return;
      case 'token': {
        const { tokenId, organizationId } = message;
        readAgain(routes.listTokens, routes.listWaitingUploads, routes.getPolicy);
        readAgain(readsOf(routes.getToken, { params: { tokenId } }));
        return readAgain(readsOf(routes.listPolicies, { params: { organizationId } }));
      }
      case 'release': {
        const { uId, finished } = message;
        // Its end changes who holds what, and the counts.
        return readAgain(finished ? readsOfLocation(uId) : readsOf(routes.listReleases, { params: { uId } }));
      }
      case 'tree': {
        const params = { organizationId: message.organizationId };
        return readAgain(routes.listOrganizations, readsOf(routes.listPolicies, { params }), routes.getPolicy);
      }
      case 'batch': {
        const params = { batchId: message.batchId };
        return readAgain(routes.listBatches, readsOf(routes.getBatch, { params }));
      }
      case 'alert':
        return readAgain(routes.listAlerts, routes.listRules);
      case 'channel': {
        const params = { channelId: message.channelId };
        return readAgain(routes.listChannels, readsOf(routes.listDeliveries, { params }));
      }
    }
  };

  const connect = () => {
    source = new EventSource(urlOf(routes.stream, {}));
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const message = StreamMessage.safeParse(JSON.parse(data));
      // A newer server may say things this console does not know yet.
      if (message.success) receive(message.data);
    };
    source.onerror = () => {
      // Our own pace instead of the browser's, which gives up for good after an answer that is no stream.
      source?.close();
      missed = true;
      become('lost');
      retrying = setTimeout(connect, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
      failures += 1;
    };
  };
  connect();

  const onVisibility = () => {
    clearTimeout(pausing);
    if (document.hidden && !paused)
      pausing = setTimeout(() => {
        source?.close();
        clearTimeout(retrying);
        paused = true;
        missed = true;
      }, PAUSE_HIDDEN_MS);
    if (!document.hidden && paused) {
      paused = false;
      connect();
    }
  };
  document.addEventListener('visibilitychange', onVisibility);

  return {
    connection: () => state,
    onConnection: (listener) => {
      connectionListeners.add(listener);
      return () => {
        connectionListeners.delete(listener);
      };
    },
    stop: () => {
      document.removeEventListener('visibilitychange', onVisibility);
      source?.close();
      clearTimeout(gathering);
      clearTimeout(retrying);
      clearTimeout(pausing);
    },
  };
}

/**
 * Progress comes several times a second; it is put where it is shown, without reading again. How a scan ended is read:
 * the stream carries no texts.
 */
function showProgress(client: QueryClient, progress: ScanProgress): void {
  if (progress.finishedAt !== null) return;
  const scan: Scan = { ...progress, changes: null, discrepancy: null, failure: null };
  const withScan = (token: ContentToken): ContentToken =>
    token.tokenId === scan.tokenId && !isOlder(scan, token.scan) ? { ...token, scan } : token;
  const { queryKey } = query(routes.getToken, { params: { tokenId: scan.tokenId } });
  client.setQueryData(queryKey, (token) => token && withScan(token));
  client.setQueriesData<PolicyDetail>(readsOf(routes.getPolicy), (policy) =>
    policy?.token ? { ...policy, token: withScan(policy.token) } : policy,
  );
}

function isOlder(scan: Scan, shown: Scan | null): boolean {
  return shown !== null && shown.id !== scan.id && shown.queuedAt > scan.queuedAt;
}
