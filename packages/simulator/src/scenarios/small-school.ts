import { assign } from '../world/assets/licenses.ts';
import { bulk } from '../world/bulk.ts';
import { addLocation, addUsers, buyAll, type Scenario } from './scenario.ts';

export const smallSchool: Scenario = {
  about: 'one school location: 60 devices, 40 users with accounts, apps, books in both qualities, one unlimited app',
  build(world) {
    const school = addLocation(world, { orgName: 'Lakeside Schools', locationName: 'PS01', kind: 'school' });
    bulk(world, school, { assets: 12, devices: 60, assignmentsPerDevice: 6, spare: 20 });
    addUsers(school, 'student', 40, true);
    buyAll(world, school, [
      { adamId: '900000901', quantity: 30, productType: 'Book' },
      { adamId: '900000903', quantity: 25, productType: 'Book' },
      { adamId: '900000903', quantity: 10, productType: 'Book', pricingParam: 'PLUS' },
      { adamId: '900000042', unlimited: true },
    ]);
    const book = school.assets.find('900000901', 'STDQ');
    for (const user of school.users.all.slice(0, 20)) if (book !== undefined) assign(school, book, user.holder);
  },
};
