import { type Asset, availableOf } from './assets/asset.ts';
import { assign, release } from './assets/licenses.ts';
import type { Location } from './location.ts';
import type { Unknowns } from './unknowns.ts';

interface ChurnedRow {
  readonly adamId: string;
  readonly pricingParam: string;
  readonly serialNumber?: string;
  readonly clientUserId?: string;
}

export interface ChurnDone {
  readonly assigned: ChurnedRow[];
  readonly unassigned: ChurnedRow[];
}

/**
 * Assignments change without the client having asked: `assign` new ones to new devices, `unassign` revocable ones from
 * all over the table. Does as many as there are licenses and assignments; what it did is given back.
 */
export function churn(
  location: Location,
  wanted: { assign?: number | undefined; unassign?: number | undefined },
  unknowns: Unknowns,
): ChurnDone {
  const done: ChurnDone = { assigned: [], unassigned: [] };
  const table = location.assignments;
  for (let n = 0; n < (wanted.unassign ?? 0) && table.length > 0; n++) {
    const row = revocableRow(location, Math.imul(n + 1, 0x9e3779b1) >>> 0);
    if (row === undefined) break;
    const asset = location.assets.at(table.asset[row] ?? 0);
    const holder = table.holder[row] ?? 0;
    const user = location.holders.user(holder);
    done.unassigned.push({
      ...keyOf(asset),
      ...(user === undefined
        ? { serialNumber: location.holders.serialNumber(holder) }
        : { clientUserId: user.clientUserId }),
    });
    release(location, row, unknowns);
  }
  const devices = new Devices(location);
  for (let n = 0; n < (wanted.assign ?? 0); n++) {
    const asset = location.assets.all.find((row) => row.deviceAssignable && availableOf(row) > 0);
    if (asset === undefined) break;
    const serialNumber = devices.next();
    assign(location, asset, location.holders.device(serialNumber));
    done.assigned.push({ ...keyOf(asset), serialNumber });
  }
  return done;
}

function keyOf(asset: Asset) {
  return { adamId: asset.adamId, pricingParam: asset.pricingParam };
}

function revocableRow(location: Location, start: number): number | undefined {
  const { assignments } = location;
  for (let step = 0; step < assignments.length; step++) {
    const row = (start + step) % assignments.length;
    if (location.assets.at(assignments.asset[row] ?? 0).revocable) return row;
  }
  return undefined;
}

class Devices {
  #number = 0;
  readonly #location: Location;

  constructor(location: Location) {
    this.#location = location;
  }

  next(): string {
    for (;;) {
      const serialNumber = `CHURN${String(++this.#number).padStart(5, '0')}`;
      if (this.#location.holders.findDevice(serialNumber) === undefined) return serialNumber;
    }
  }
}
