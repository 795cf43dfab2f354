import type { LiveHub } from './http/live-hub.ts';
import type { Log } from './log/create-log.ts';
import type { Database } from './store/engine/open-database.ts';
import { LIVE_CHANNEL, type LiveNote } from './store/live.ts';
import { readEvent } from './store/reads/events.ts';
import { readRelease } from './store/reads/releases.ts';
import { readScan } from './store/reads/scan-view.ts';

/** Carries what was committed, in whichever process, to everybody who watches here. Give back what stops it. */
export async function startLiveFeed(
  database: Database,
  hub: LiveHub,
  now: () => Date,
  log: Log,
): Promise<() => Promise<void>> {
  const carry = async (note: LiveNote): Promise<void> => {
    if (hub.watchers === 0) return;
    switch (note.topic) {
      case 'event': {
        const event = await readEvent(database.db, note.id);
        if (event !== null) hub.broadcast({ topic: 'event', event });
        return;
      }
      case 'scan': {
        const scan = await readScan(database.db, note.id, now());
        if (scan !== null) hub.broadcast({ topic: 'scan', scan });
        return;
      }
      case 'release': {
        const release = await readRelease(database.db, note.id);
        if (release !== null) hub.broadcast({ topic: 'release', release });
        return;
      }
      case 'token':
      case 'tree':
      case 'alert':
      case 'channel':
        hub.broadcast(note);
    }
  };
  let last: Promise<void> = Promise.resolve();
  const stop = await database.listen(LIVE_CHANNEL, (payload) => {
    // One after the other: watchers hear things in the order they happened.
    last = last
      .then(() => carry(JSON.parse(payload) as LiveNote))
      .catch((error: unknown) => log.warn({ err: error }, 'live note lost'));
  });
  return async () => {
    await stop();
    await last;
  };
}
