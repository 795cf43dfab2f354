import type { Scan, ScanProgress } from '@winesap/api';
import type { LiveHub } from './http/edge/live-hub.ts';
import type { Log } from './log/create-log.ts';
import type { Changes } from './store/changes.ts';
import type { Database } from './store/engine/open-database.ts';
import { LIVE_CHANNEL, type LiveNote } from './store/live.ts';
import { readRelease } from './store/operations/reads/releases.ts';
import { readScan } from './store/tokens/reads/scan-view.ts';

/** Sends what any process committed to everyone who watches here, and counts it. Returns a function that stops it. */
export async function startLiveFeed(
  database: Database,
  hub: LiveHub,
  changes: Changes,
  now: () => Date,
  log: Log,
): Promise<() => Promise<void>> {
  const carry = async (note: LiveNote): Promise<void> => {
    if (hub.watchers === 0) return;
    switch (note.topic) {
      case 'scan': {
        const scan = await readScan(database.db, note.id, now());
        if (scan !== null) hub.broadcast({ topic: 'scan', scan: progressOf(scan) });
        return;
      }
      case 'release': {
        const release = await readRelease(database.db, note.id);
        if (release === null) return;
        const { id: releaseId, uId, finishedAt } = release;
        return hub.broadcast({ topic: 'release', releaseId, uId, finished: finishedAt !== null });
      }
      case 'access':
        return hub.endUnwelcome(note.personId);
      case 'event':
      case 'token':
      case 'tree':
      case 'alert':
      case 'channel':
      case 'batch':
        return hub.broadcast(note);
      case 'answers':
        return;
    }
  };
  let last: Promise<void> = Promise.resolve();
  // One after the other, so that watchers receive events in order.
  const next = (step: () => Promise<void>) => {
    last = last.then(step).catch((error: unknown) => log.warn({ err: error }, 'live note lost'));
  };
  const stop = await database.listen(
    LIVE_CHANNEL,
    (payload) => {
      const note = JSON.parse(payload) as LiveNote;
      // Counted first: caches must not wait for watchers.
      if (note.topic === 'access' || note.topic === 'answers') changes.note(note.topic);
      next(() => carry(note));
    },
    () => {
      changes.noteAll();
      // A missed message may have ended someone's access.
      next(() => hub.endUnwelcome());
    },
  );
  if (!(await changes.upToDate()))
    log.warn({}, 'changes are not heard, perhaps through a pooler: live views stay silent, and no answer is kept');
  return async () => {
    await stop();
    await last;
  };
}

function progressOf(scan: Scan): ScanProgress {
  const { id, tokenId, reason, state, queuedAt, startedAt, finishedAt } = scan;
  const { seconds, requests, assets, assignments, users, secondsLeft } = scan;
  const times = { queuedAt, startedAt, finishedAt, seconds, secondsLeft };
  return { id, tokenId, reason, state, ...times, requests, assets, assignments, users };
}
