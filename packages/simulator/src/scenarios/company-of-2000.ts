import { bulk } from '../world/bulk.ts';
import { addLocation, addUsers, buyAll, type Scenario } from './scenario.ts';

export const companyOf2000: Scenario = {
  about: 'a company of 2,000 devices at three locations, some users, one app nearly out of licenses',
  build(world) {
    const places = [
      ['Chicago HQ', 1200, 'US'],
      ['Berlin', 600, 'DE'],
      ['Osaka', 200, 'JP'],
    ] as const;
    for (const [locationName, devices, countryISO2ACode] of places) {
      const location = addLocation(world, { orgName: 'Northwind', locationName, countryISO2ACode });
      bulk(world, location, { assets: 30, devices, assignmentsPerDevice: 12, spare: 8 });
      addUsers(location, 'staff', 25, true);
      addUsers(location, 'guest', 5, false);
      buyAll(world, location, [{ adamId: '910000500', name: 'Northwind Field Kit', quantity: 3 }]);
    }
  },
};
