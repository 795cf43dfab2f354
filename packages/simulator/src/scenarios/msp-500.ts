import { bulk } from '../world/bulk.ts';
import { mix } from '../world/hash.ts';
import { addLocation, managerOf, type Scenario } from './scenario.ts';

const FIRST = [
  'Alder',
  'Birch',
  'Canyon',
  'Delta',
  'Ember',
  'Fjord',
  'Grove',
  'Harvest',
  'Island',
  'Juniper',
  'Keystone',
  'Lantern',
  'Meadow',
  'Nimbus',
  'Orchid',
  'Prairie',
  'Quarry',
  'Ridge',
  'Summit',
  'Thistle',
];
const SECOND = [
  'Foods',
  'Dental',
  'Legal',
  'Studios',
  'Motors',
  'Clinics',
  'Books',
  'Energy',
  'Travel',
  'Schools',
  'Bakery',
  'Robotics',
  'Design',
  'Farms',
  'Media',
  'Supply',
  'Labs',
  'Optics',
  'Marine',
  'Homes',
  'Press',
  'Sports',
  'Textiles',
  'Water',
  'Works',
];

const CUSTOMERS = 500;

/** Out of a hundred customers: how many are in each state. The rest is healthy. */
const SHARES = [
  ['revoked', 4],
  ['expired', 5],
  ['expiring', 9],
  ['claimed', 3],
  ['no-role', 2],
] as const;

export const msp500: Scenario = {
  about:
    '500 customers of a service provider, one location each: about three quarters healthy, the others revoked, expired, expiring, claimed elsewhere or without a role',
  build(world) {
    for (let n = 0; n < CUSTOMERS; n++) {
      const name = `${FIRST[n % FIRST.length]} ${SECOND[Math.floor(n / FIRST.length)]}`;
      const state = stateOf(n);
      const kind = name.endsWith('Schools') ? 'school' : 'business';
      const location = addLocation(world, { orgName: name, locationName: 'Main', kind }, daysLeft(state, n));
      bulk(world, location, {
        assets: 5 + (n % 20),
        devices: 5 + (mix(n) % 60),
        assignmentsPerDevice: 4,
        spare: mix(n) % 30,
      });
      if (state === 'revoked') world.resetPassword(managerOf(location));
      if (state === 'no-role') world.account(managerOf(location)).role = 'none';
      if (state === 'claimed')
        location.mdmInfo = { id: `previous-${n}`, name: 'Previous Provider MDM', metadata: 'since last year' };
    }
  },
};

function stateOf(n: number): (typeof SHARES)[number][0] | 'healthy' {
  let lot = mix(n + 1) % 100;
  for (const [state, share] of SHARES) {
    if (lot < share) return state;
    lot -= share;
  }
  return 'healthy';
}

function daysLeft(state: ReturnType<typeof stateOf>, n: number): number {
  if (state === 'expired') return -(1 + (mix(n) % 40));
  if (state === 'expiring') return 1 + (mix(n) % 28);
  return 31 + (mix(n) % 330);
}
