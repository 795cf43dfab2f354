import type { AppleLocation } from '../../ports/apple.ts';
import type { Deps } from '../../ports/deps.ts';
import type { ScanAttempt, ScanProgress } from '../../ports/scans.ts';
import type { Store } from '../../ports/store.ts';

/** The maximum rate at which progress is stored: people watch it, but the disk need not hurry. */
const PROGRESS_EVERY_MS = 400;

/** The scan was ended or restarted elsewhere: stop without recording anything. */
export class ScanEnded extends Error {}

/** Reports a scan's progress while it runs. Throws ScanEnded once the scan is no longer ours. */
export interface Progress {
  now(): ScanProgress;
  report(part: Partial<ScanProgress>): Promise<void>;
}

export function progressOf(deps: Deps, scan: ScanAttempt, location: AppleLocation): Progress {
  const progress: ScanProgress = {
    requests: 0,
    assetsDone: 0,
    assetsTotal: null,
    assignmentsDone: 0,
    assignmentsTotal: null,
    usersDone: null,
    usersTotal: null,
  };
  let reportedAt = 0;
  const now = (): ScanProgress => ({ ...progress, requests: location.requests });
  return {
    now,
    async report(part) {
      Object.assign(progress, part);
      if (deps.now().getTime() - reportedAt < PROGRESS_EVERY_MS) return;
      reportedAt = deps.now().getTime();
      if (!(await deps.store.write((tx) => tx.scans.progress(scan, now(), deps.now())))) throw new ScanEnded();
    },
  };
}

/** Writes what belongs to the scan. If the scan is no longer ours, throws ScanEnded and writes nothing. */
export function writeHeld({ store }: Pick<Deps, 'store'>, scan: ScanAttempt): Store['write'] {
  return (work) =>
    store.write(async (tx) => {
      if (!(await tx.scans.hold(scan))) throw new ScanEnded();
      return work(tx);
    });
}
