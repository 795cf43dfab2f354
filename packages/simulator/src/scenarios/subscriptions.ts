import { setSeats } from '../world/subscriptions/subscription-purchase.ts';
import { addLocation, addUsers, buyAll, DAY_MS, type Scenario } from './scenario.ts';

export const subscriptions: Scenario = {
  about: 'one location with two subscriptions of one app: seats that renew, that expire, in use and free',
  build(world) {
    const location = addLocation(world, { orgName: 'Riverbend College', locationName: 'Campus', kind: 'school' });
    buyAll(world, location, [{ adamId: '900000011', quantity: 50 }]);
    addUsers(location, 'student', 30, true);
    location.subscriptions.enabled = true;
    const periodEndsAt = Math.ceil((world.clock.now() + 20 * DAY_MS) / DAY_MS) * DAY_MS;
    setSeats(world, location, { parentAdamId: 900000011, adamId: 900000111, renewing: 20, expiring: 5, periodEndsAt });
    setSeats(world, location, { parentAdamId: 900000011, adamId: 900000112, renewing: 0, expiring: 10, periodEndsAt });
    const [monthly] = location.subscriptions.all;
    for (const [n, { clientUserId }] of location.users.all.slice(0, 16).entries()) {
      const renewing = n < 12;
      monthly?.assignments.set(clientUserId, {
        clientUserId,
        renewing,
        seat: n < 14 ? 'renewing' : 'expiring',
        endsBy: undefined,
      });
    }
  },
};
