import { bulk } from '../world/bulk.ts';
import { addLocation, managerOf, type Scenario } from './scenario.ts';

export const tokenLifecycle: Scenario = {
  about:
    'five locations of five organizations: a token that is healthy, one with 12 days left, one expired two days ago, one revoked, one whose location another server has claimed',
  build(world) {
    addPlace('Contoso', 'Main', 250, 40);
    addPlace('Tailspin', 'Workshop', 12, 25);
    addPlace('Lakeside Schools', 'PS01', -2, 80, 'school');
    const revoked = addPlace('Northwind', 'Chicago HQ', 212, 120);
    world.resetPassword(managerOf(revoked));
    const claimed = addPlace('Fabrikam', 'Berlin', 90, 60, 'business', 'DE');
    claimed.mdmInfo = { id: 'b7d6-other', name: 'Other MDM', metadata: 'claimed last spring' };

    function addPlace(
      orgName: string,
      locationName: string,
      daysLeft: number,
      devices: number,
      kind: 'business' | 'school' = 'business',
      countryISO2ACode = 'US',
    ) {
      const location = addLocation(world, { orgName, locationName, kind, countryISO2ACode }, daysLeft);
      bulk(world, location, { assets: 14, devices, assignmentsPerDevice: 5, spare: 15 });
      return location;
    }
  },
};
