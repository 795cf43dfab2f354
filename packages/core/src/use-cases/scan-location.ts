import type { AppleFailure } from '../domain/apple-failure.ts';
import { AppleFailureError } from '../domain/apple-failure.ts';
import { type Asset, compareAssets } from '../domain/asset.ts';
import { later } from '../domain/instant.ts';
import { count } from '../domain/quote.ts';
import type { Abort } from '../ports/abort.ts';
import type { AppleLocation } from '../ports/apple.ts';
import type { Deps } from '../ports/deps.ts';
import type { ScanChanges, ScanProgress, ScanRecord, TokenRecord } from '../ports/records.ts';
import type { Tx } from '../ports/store.ts';
import { recordAnswer } from './record-answer.ts';
import { settleClaim } from './settle-claim.ts';
import { tokenEvent } from './token-event.ts';

/** How often progress is stored, at most: people look, the disk need not hurry. */
const PROGRESS_EVERY_MS = 400;

class ScanEnded extends Error {}

/**
 * Reads a location whole: configuration, assets, assignments. What is read becomes visible in one transaction at the
 * end, so that nobody sees half a scan and a failed scan changes nothing. Ends quietly when somebody else ended it;
 * throws when the signal stopped it, and is then to be run again.
 */
export async function scanLocation(deps: Deps, scanId: string, signal?: Abort): Promise<void> {
  const started = await deps.store.write(async (tx) => {
    const scan = await tx.scans.begin(scanId, deps.now());
    if (scan === null) return null;
    const token = await tx.tokens.byId(scan.tokenId);
    if (token === null) {
      await tx.scans.fail(scanId, { code: 'scan.token-removed', apple: null }, deps.now());
      return null;
    }
    await tx.assets.unstage(scanId);
    return { scan, token };
  });
  if (started === null) return;

  const { scan, token } = started;
  try {
    const location = deps.apple.open(await deps.seal.open(token.sealed), token.identity.uId);
    await readAll(deps, location, scan, token, signal);
  } catch (error) {
    if (error instanceof ScanEnded) return;
    if (signal?.aborted) {
      // We are being stopped, which says nothing about the location: no failure to record.
      await deps.store.write((tx) => tx.scans.putBack(scanId, deps.now()));
      throw error;
    }
    if (!(error instanceof AppleFailureError)) {
      await endFailed(deps, scan, token, null);
      throw error;
    }
    await endFailed(deps, scan, token, error.failure);
  }
}

async function readAll(
  deps: Deps,
  location: AppleLocation,
  scan: ScanRecord,
  token: TokenRecord,
  signal?: Abort,
): Promise<void> {
  const progress = progressOf(deps, scan, location);
  const config = await location.clientConfig('patient', signal);
  await deps.store.write(async (tx) => {
    const stored = await tx.tokens.byId(token.id);
    if (stored !== null) await recordAnswer(deps, tx, stored, { kind: 'config', config }, token.version);
  });
  if (token.identity.appleId === null) await completeAccount(deps, location, token, signal);
  if (token.claimWanted) await settleClaim(deps, token.id, null, signal);

  const told = (done: number, expected: number | null) => progress.tell({ assetsDone: done, assetsTotal: expected });
  const assets = await location.assets('patient', told, signal);
  await progress.tell({ assetsDone: assets.length, assetsTotal: assets.length, assignmentsTotal: sum(assets) });

  let held = 0;
  for await (const rows of location.assignmentPages(signal)) {
    held += rows.length;
    await deps.store.write((tx) => tx.assets.stage(scan.id, rows));
    await progress.tell({ assignmentsDone: held });
  }
  await finish(deps, scan, token, assets, progress.now());
}

/** The account that downloaded the file, when the older service was silent before. */
async function completeAccount(deps: Deps, location: AppleLocation, token: TokenRecord, signal?: Abort): Promise<void> {
  const account = await location.account(signal);
  if (account === null) return;
  await deps.store.write(async (tx) => {
    const stored = await tx.tokens.byId(token.id);
    if (stored?.version === token.version) await tx.tokens.setIdentity(token.id, { ...stored.identity, ...account });
  });
}

async function finish(
  deps: Deps,
  scan: ScanRecord,
  token: TokenRecord,
  assets: Asset[],
  progress: ScanProgress,
): Promise<void> {
  await deps.store.write(async (tx) => {
    const stored = await tx.tokens.byId(token.id);
    if (stored === null) return;
    const now = deps.now();
    const differences = compareAssets(await tx.assets.list(token.identity.uId), assets);
    await tx.assets.replace(token.identity.uId, assets, now);
    const merged = await tx.assets.mergeStaged(scan.id, token.identity.uId);
    const changes: ScanChanges = {
      assetsAdded: differences.filter(({ kind }) => kind === 'new').length,
      assetsGone: differences.filter(({ kind }) => kind === 'gone').length,
      countsChanged: differences.filter(({ kind }) => kind === 'changed').length,
      assigned: merged.assigned,
      unassigned: merged.unassigned,
    };
    const done = { ...progress, assignmentsDone: merged.held, assignmentsTotal: merged.held };
    if (!(await tx.scans.succeed(scan.id, done, changes, now))) throw new ScanEnded();
    await tx.tokens.setSynced(token.id, now, later(now, deps.settings.scanEveryMs));
    await tx.events.append(succeededEvent(stored, scan, assets.length, merged.held, changes), now);
    await tx.jobs.readMetadata(token.id);
  });
}

async function endFailed(
  deps: Deps,
  scan: ScanRecord,
  token: TokenRecord,
  failure: AppleFailure | null,
): Promise<void> {
  await deps.store.write(async (tx: Tx) => {
    const now = deps.now();
    await tx.scans.fail(scan.id, { code: failure === null ? 'scan.broken' : 'scan.refused', apple: failure }, now);
    await tx.assets.unstage(scan.id);
    const stored = await tx.tokens.byId(token.id);
    if (stored === null) return;
    await tx.events.append(
      tokenEvent(
        stored,
        {
          level: 'error',
          code: 'scan.failed',
          text: `The scan (${REASON[scan.reason]}) ended without a result. Nothing was changed; the last good reading is kept.`,
          failure,
          data: { scanId: scan.id, reason: scan.reason },
        },
        null,
      ),
      now,
    );
    // Data that moved too quickly says nothing about the token.
    const aboutToken = failure !== null && !(failure.kind === 'no-answer' && failure.reason === 'moved');
    if (aboutToken) await recordAnswer(deps, tx, stored, { kind: 'failure', failure }, token.version);
  });
}

function progressOf(deps: Deps, scan: ScanRecord, location: AppleLocation) {
  const progress: ScanProgress = {
    requests: 0,
    assetsDone: 0,
    assetsTotal: null,
    assignmentsDone: 0,
    assignmentsTotal: null,
  };
  let toldAt = 0;
  const now = (): ScanProgress => ({ ...progress, requests: location.requests });
  return {
    now,
    async tell(part: Partial<ScanProgress>): Promise<void> {
      Object.assign(progress, part);
      if (deps.now().getTime() - toldAt < PROGRESS_EVERY_MS) return;
      toldAt = deps.now().getTime();
      if (!(await deps.store.write((tx) => tx.scans.progress(scan.id, now(), deps.now())))) throw new ScanEnded();
    },
  };
}

const REASON: Record<ScanRecord['reason'], string> = {
  button: 'Scan Now',
  schedule: 'on schedule',
  renewal: 'after a renewal',
  added: 'of a new token',
};

function succeededEvent(token: TokenRecord, scan: ScanRecord, assets: number, held: number, changes: ScanChanges) {
  return tokenEvent(
    token,
    {
      level: 'info',
      code: 'scan.succeeded',
      text: `Scan (${REASON[scan.reason]}): ${count(assets, 'asset')}, ${count(held, 'assignment')}. ${said(scan, changes)}`,
      data: { scanId: scan.id, reason: scan.reason, changes },
    },
    null,
  );
}

function said(scan: ScanRecord, changes: ScanChanges): string {
  if (scan.reason === 'added') return 'First reading.';
  const parts = [
    changes.assetsAdded > 0 ? `${count(changes.assetsAdded, 'asset')} new` : '',
    changes.assetsGone > 0 ? `${count(changes.assetsGone, 'asset')} gone` : '',
    changes.countsChanged > 0 ? `counts of ${count(changes.countsChanged, 'asset')} changed` : '',
    changes.assigned > 0 ? `${count(changes.assigned, 'license')} assigned` : '',
    changes.unassigned > 0 ? `${count(changes.unassigned, 'license')} given back` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'Nothing changed.' : `${parts.join(', ')}.`;
}

function sum(assets: readonly Asset[]): number {
  return assets.reduce((total, asset) => total + asset.assigned, 0);
}
