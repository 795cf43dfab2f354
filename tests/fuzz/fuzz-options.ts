import type { FuzzWorldOptions } from './fuzz-world.ts';

/** Locations with several small pages in every list; two of three seeds have Apple's notifications. */
export function fuzzWorld(seed: number): FuzzWorldOptions {
  return {
    notified: seed % 3 !== 0,
    pageSize: 5,
    fleet: { assets: 7, devices: 12, assignmentsPerDevice: 2, users: 8 },
  };
}
