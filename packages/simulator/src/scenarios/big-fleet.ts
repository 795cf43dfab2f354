import { bulk } from '../world/bulk.ts';
import { addLocation, type Scenario } from './scenario.ts';

export const bigFleet: Scenario = {
  about: 'one location with 100,000 devices and 1,000,000 assignments of 200 assets',
  build(world) {
    const location = addLocation(world, { orgName: 'Harbor Logistics', locationName: 'All devices' });
    bulk(world, location, { assets: 200, devices: 100_000, assignmentsPerDevice: 10 });
  },
};
