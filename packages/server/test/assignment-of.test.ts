import { expect, test } from 'vitest';
import { assignmentOf } from '../src/apple/map.ts';

const row = (clientUserId: string | null, serialNumber: string | null) => ({
  adamId: '361309726',
  pricingParam: 'STDQ',
  clientUserId,
  serialNumber,
  idHash: null,
  userStatus: null,
});

test.each([
  ['a device', row(null, 'C02AA1'), [{ holderKind: 'device', holder: 'C02AA1' }]],
  ['a user', row('anna', null), [{ holderKind: 'user', holder: 'anna' }]],
  ['a device and an empty user', row('', 'C02AA1'), [{ holderKind: 'device', holder: 'C02AA1' }]],
  ['nobody', row(null, ''), []],
  ['a device and a user', row('anna', 'C02AA1'), []],
])('an assignment that names %s', (_, listed, holders) => {
  expect(assignmentOf(listed)).toEqual(
    holders.map((holder) => ({ adamId: '361309726', pricingParam: 'STDQ', ...holder })),
  );
});
