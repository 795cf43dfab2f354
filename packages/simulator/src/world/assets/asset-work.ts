import type { Location } from '../location.ts';
import type { Settings } from '../settings.ts';
import type { TaskTarget, Work } from '../work.ts';
import { type Asset, assetKey, availableOf, type PricingParam } from './asset.ts';
import { assign, release } from './licenses.ts';

export interface AssetNamed {
  readonly adamId: string;
  readonly pricingParam: PricingParam;
}

/** Every asset with every user and every device, asset by asset. */
export interface AssetsWanted {
  readonly assets: readonly AssetNamed[];
  readonly clientUserIds: readonly string[];
  readonly serialNumbers: readonly string[];
}

const UNKNOWN_USER = 9609;
const NO_LICENSE = 9709;
const ALREADY_ASSIGNED = 9616;
const NOT_ASSIGNED = 9619;

export function associateWork(location: Location, wanted: AssetsWanted, settings: Settings): Work {
  const short = new Set<string>();
  const cross = crossOf(location, wanted);
  return {
    ...cross,
    begin() {
      if (settings.unknowns.shortSupply !== 'all-or-nothing') return;
      for (const named of wanted.assets) {
        const asset = location.assets.find(named.adamId, named.pricingParam);
        if (asset === undefined) continue;
        const needed = cross
          .holders()
          .filter((holder) => holder !== undefined && location.assignments.find(asset.index, holder) < 0);
        if (availableOf(asset) < needed.length) short.add(assetKey(named.adamId, named.pricingParam));
      }
    },
    run(task) {
      const { asset, named, holder } = cross.at(task);
      if (holder === undefined) return UNKNOWN_USER;
      if (asset === undefined || short.has(assetKey(named.adamId, named.pricingParam))) return NO_LICENSE;
      if (location.assignments.find(asset.index, holder) >= 0) {
        return settings.unknowns.reassociate === 'success' ? undefined : ALREADY_ASSIGNED;
      }
      return assign(location, asset, holder) === 'done' ? undefined : NO_LICENSE;
    },
  };
}

export function disassociateWork(location: Location, wanted: AssetsWanted, settings: Settings): Work {
  const cross = crossOf(location, wanted);
  return {
    ...cross,
    run(task) {
      const { asset, holder } = cross.at(task);
      if (holder === undefined) return UNKNOWN_USER;
      const row = asset === undefined ? -1 : location.assignments.find(asset.index, holder);
      if (row < 0) return settings.unknowns.disassociateMissing === 'success' ? undefined : NOT_ASSIGNED;
      release(location, row, settings.unknowns);
      return undefined;
    },
  };
}

/** Takes back everything revocable from users and devices. What that is, is decided when the event begins. */
export function revokeWork(
  location: Location,
  clientUserIds: readonly string[],
  serialNumbers: readonly string[],
  settings: Settings,
): Work {
  const find = () => revocable(location, clientUserIds, serialNumbers);
  let tasks = find();
  return {
    notificationType: 'ASSET_MANAGEMENT',
    elementsName: 'assignments',
    get size() {
      return tasks.length;
    },
    begin() {
      tasks = find();
    },
    run(task) {
      const { asset, holder } = tasks[task] ?? {};
      const row = asset === undefined || holder === undefined ? -1 : location.assignments.find(asset.index, holder);
      if (row >= 0) release(location, row, settings.unknowns);
      return undefined;
    },
    element: (task) => elementOf(tasks[task]),
    target: (task) => targetOf(tasks[task]),
  };
}

interface Named {
  readonly asset: Asset;
  readonly holder: number;
  readonly clientUserId?: string;
  readonly serialNumber?: string;
}

function revocable(location: Location, clientUserIds: readonly string[], serialNumbers: readonly string[]): Named[] {
  const found: Named[] = [];
  const collect = (holder: number | undefined, name: { clientUserId: string } | { serialNumber: string }) => {
    if (holder === undefined) return;
    for (const row of location.assignments.rowsOf(holder)) {
      const asset = location.assets.at(location.assignments.asset[row] ?? 0);
      if (asset.revocable) found.push({ asset, holder, ...name });
    }
  };
  for (const clientUserId of clientUserIds) collect(location.users.active(clientUserId)?.holder, { clientUserId });
  for (const serialNumber of serialNumbers) collect(location.holders.findDevice(serialNumber), { serialNumber });
  return found;
}

function elementOf(named: Named | undefined): object {
  if (named === undefined) return {};
  const { adamId, pricingParam } = named.asset;
  return { adamId, pricingParam, ...holderName(named) };
}

function targetOf(named: Named | undefined): TaskTarget {
  if (named === undefined) return {};
  const { adamId, pricingParam } = named.asset;
  return { asset: { adamId, pricingParam }, ...holderName(named) };
}

function holderName({ clientUserId, serialNumber }: { clientUserId?: string; serialNumber?: string }) {
  return {
    ...(clientUserId === undefined ? {} : { clientUserId }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
  };
}

function crossOf(location: Location, { assets, clientUserIds, serialNumbers }: AssetsWanted) {
  const width = clientUserIds.length + serialNumbers.length;
  const holderAt = (at: number): number | undefined => {
    const clientUserId = clientUserIds[at];
    if (clientUserId !== undefined) return location.users.active(clientUserId)?.holder;
    return location.holders.device(serialNumbers[at - clientUserIds.length] ?? '');
  };
  const nameAt = (at: number) => {
    const clientUserId = clientUserIds[at];
    return clientUserId === undefined
      ? { serialNumber: serialNumbers[at - clientUserIds.length] ?? '' }
      : { clientUserId };
  };
  const assetAt = (task: number): AssetNamed =>
    assets[Math.floor(task / width)] ?? { adamId: '', pricingParam: 'STDQ' };
  return {
    notificationType: 'ASSET_MANAGEMENT' as const,
    elementsName: 'assignments' as const,
    size: assets.length * width,
    holders: () => Array.from({ length: width }, (_, at) => holderAt(at)),
    at(task: number) {
      const named = assetAt(task);
      return { named, asset: location.assets.find(named.adamId, named.pricingParam), holder: holderAt(task % width) };
    },
    element: (task: number): object => ({ ...assetAt(task), ...nameAt(task % width) }),
    target: (task: number): TaskTarget => ({ asset: assetAt(task), ...nameAt(task % width) }),
  };
}
