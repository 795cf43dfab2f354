import { purchase } from './assets/purchase.ts';
import { catalogList } from './catalog.ts';
import type { Location } from './location.ts';
import type { World } from './world.ts';

export interface BulkWanted {
  readonly assets: number;
  readonly devices: number;
  readonly assignmentsPerDevice: number;
  /** Percent of free licenses on top. */
  readonly spare?: number | undefined;
}

export interface BulkDone {
  readonly assets: number;
  readonly devices: number;
  readonly assignments: number;
}

const GENERATED_FROM = 910_000_000;

/**
 * Fills a location: new devices with computed serial numbers, each holding `assignmentsPerDevice` of the assets, spread
 * evenly. Assets owned already are used first, then others are bought. No notifications. Gives a sentence when refused.
 */
export function bulk(world: World, location: Location, wanted: BulkWanted): BulkDone | string {
  const { assets: wantedAssets, devices, assignmentsPerDevice, spare = 10 } = wanted;
  if (assignmentsPerDevice > wantedAssets)
    return 'a device can hold each asset once: assignmentsPerDevice is above assets';
  const rows = devices * assignmentsPerDevice;
  if (location.assignments.length + rows > 100_000_000) return 'more than 100,000,000 assignments';
  const chosen = chooseAssets(world, location, wantedAssets);
  const version = location.versions.bump('assignments');
  const first = location.holders.addBlock(blockPrefix(location), devices);
  location.assignments.reserve(rows);
  let next = 0;
  for (let device = 0; device < devices; device++) {
    for (let n = 0; n < assignmentsPerDevice; n++) {
      const asset = chosen[next++ % chosen.length];
      if (asset === undefined) break;
      location.assignments.add(asset.index, first + device, version);
      asset.assigned += 1;
    }
  }
  for (const asset of chosen) {
    if (asset.unlimited) continue;
    const needed = Math.ceil((asset.assigned * (100 + spare)) / 100) + asset.retired;
    asset.total = Math.max(asset.total, needed);
  }
  location.versions.bump('assets');
  return { assets: chosen.length, devices, assignments: rows };
}

function chooseAssets(world: World, location: Location, count: number) {
  const chosen = location.assets.all.filter((asset) => asset.deviceAssignable).slice(0, count);
  const listed = catalogList.filter((entry) => entry.productType === 'App');
  for (let n = 0; chosen.length < count; n++) {
    const adamId = listed[n]?.adamId ?? String(GENERATED_FROM + n);
    if (location.assets.find(adamId, 'STDQ') !== undefined) continue;
    const asset = purchase(world, location, { adamId, quantity: 0 });
    if (typeof asset !== 'string') chosen.push(asset);
  }
  return chosen;
}

function blockPrefix(location: Location): string {
  const letters = 'CDFGHJKLMNPQRTVWXYZ';
  const number = Number(location.uId.slice(-6)) * 7 + location.holders.blockCount;
  const letter = (divisor: number) => letters.charAt(Math.floor(number / divisor) % letters.length);
  return `${letter(1)}${letter(19)}${letter(361)}${letter(6859)}`;
}
