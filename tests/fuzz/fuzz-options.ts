import type { FuzzWorldOptions } from './fuzz-world.ts';

/** Locations of several small pages in every list; of three seeds two have Apple's notifications. */
export function fuzzWorld(seed: number): FuzzWorldOptions {
  return {
    notified: seed % 3 !== 0,
    pageSize: 5,
    fleet: { assets: 7, devices: 12, assignmentsPerDevice: 2, users: 8 },
  };
}
