import { AppleFailureError } from '../../domain/apple-failure.ts';
import { later, MINUTE_MS } from '../../domain/instant.ts';
import { assetKey } from '../../domain/licenses/asset.ts';
import { count } from '../../domain/quote.ts';
import type { Recheck } from '../../domain/scans/recheck.ts';
import { DEAD } from '../../domain/tokens/token-state.ts';
import type { Abort } from '../../ports/abort.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import type { TokenRecord } from '../../ports/tokens.ts';
import { openLocation } from '../locations/open-location.ts';
import { tokenEvent } from '../locations/token-event.ts';
import { type Reread, rereadAsset } from '../scans/reread-asset.ts';

/** More assets or holders than this are left to a scan, which reads all changes at once. */
const ASSETS_AT_MOST = 8;
const HOLDERS_AT_MOST = 20_000;
/** Notifications trigger a scan of a location at most this often. */
const SCAN_EVERY_MS = 5 * MINUTE_MS;
/** A scan under way may answer by itself. */
const LOOK_AGAIN_MS = 10_000;
const APPLE_AWAY_MS = 5 * MINUTE_MS;

type Numbered = Recheck & { number: number };
type Plan =
  | { token: TokenRecord; rechecks: Numbered[] }
  /** Nothing to do now; if something is left, a job exists for it. */
  | null;

/**
 * Asks Apple about assets where notifications did not match what is stored: each separately, or with a scan if there
 * are many. Rechecks added in the meantime stay.
 */
export async function recheckAssets(deps: Deps, uId: string, signal?: Abort): Promise<void> {
  const plan = await deps.store.write((tx) => planFor(deps, tx, uId));
  if (plan === null) return;
  for (const recheck of plan.rechecks) {
    try {
      const location = await openLocation(deps, plan.token);
      const reread = await rereadAsset(deps, location, uId, recheck, signal);
      await deps.store.write((tx) =>
        reread === null ? askForScan(deps, tx, plan.token) : settleRecheck(deps, tx, plan.token, recheck, reread),
      );
      if (reread === null) return;
    } catch (error) {
      if (signal?.aborted || !(error instanceof AppleFailureError)) throw error;
      await deps.store.write((tx) => tx.jobs.recheckAssets(uId, APPLE_AWAY_MS));
      return;
    }
  }
}

async function planFor(deps: Deps, tx: Tx, uId: string): Promise<Plan> {
  const token = await tx.tokens.byLocation(uId);
  const rechecks = (await tx.rechecks.of(uId)).filter(({ urgent }) => urgent);
  if (token === null || rechecks.length === 0 || DEAD.has(token.state)) return null;
  if (await tx.scans.isUnderWay(uId)) {
    await tx.jobs.recheckAssets(uId, LOOK_AGAIN_MS);
    return null;
  }
  const assets = new Map((await tx.assets.list(uId)).map((asset) => [assetKey(asset), asset.assigned]));
  const holders = rechecks.reduce((sum, name) => sum + (assets.get(assetKey(name)) ?? 0), 0);
  const whole = rechecks.some(({ adamId }) => adamId === '');
  if (!whole && rechecks.length <= ASSETS_AT_MOST && holders <= HOLDERS_AT_MOST) return { token, rechecks };
  await askForScan(deps, tx, token);
  return null;
}

/** The scan answers all rechecks that exist when it begins. */
async function askForScan(deps: Deps, tx: Tx, token: TokenRecord): Promise<void> {
  const now = deps.now();
  const { uId } = token.identity;
  if (!(await tx.rechecks.mayScan(uId, later(now, -SCAN_EVERY_MS), now))) {
    await tx.jobs.recheckAssets(uId, SCAN_EVERY_MS);
    return;
  }
  const scan = await tx.scans.insertUnlessUnderWay(token, 'notification', now);
  if (scan.fresh) await tx.jobs.scan(scan.id);
}

async function settleRecheck(deps: Deps, tx: Tx, token: TokenRecord, recheck: Numbered, reread: Reread): Promise<void> {
  await tx.rechecks.settle(token.identity.uId, recheck.number, recheck);
  const { assigned, unassigned } = reread;
  if (assigned + unassigned === 0) return;
  const { uId } = token.identity;
  const name = (await tx.metadata.names(uId, [recheck.adamId])).get(recheck.adamId) ?? `asset ${recheck.adamId}`;
  const said = [
    assigned > 0 ? `${count(assigned, 'license')} assigned` : '',
    unassigned > 0 ? `${count(unassigned, 'license')} given back` : '',
  ].filter((part) => part !== '');
  const event = {
    level: 'info',
    code: 'notifications.asset-read',
    text: `What Apple notified of ${name} did not fit, so it was read again: ${said.join(', ')}.`,
    data: { adamId: recheck.adamId, pricingParam: recheck.pricingParam, assigned, unassigned },
  } as const;
  await tx.events.append(tokenEvent(token, event, null), deps.now());
}
