import { assignmentsAtApple, heldAssignments } from '@winesap/testkit';
import { expect, test } from 'vitest';
import { useWorld } from './world.ts';

const world = useWorld();

test('licenses that moved between devices are found after an answer that left them out', async () => {
  const fleet = { assets: 1, devices: 12, assignmentsPerDevice: 1 };
  const held = await world().hold({ purchases: [], fleet });
  await world().scanWhole(held);
  // As many were assigned as were released, so no count changes.
  await world().apple.churn(held.location.uId, { assign: 3, unassign: 3, notify: false });
  await world().apple.fault({ name: 'empty-assignments', uId: held.location.uId, times: 1 });

  await world().scan(held);
  const { scan } = await world().scan(held);

  expect(scan).toMatchObject({ state: 'succeeded', changes: { assigned: 3, unassigned: 3 } });
  expect(await heldAssignments(world().database, held.location.uId)).toEqual(
    await assignmentsAtApple(world().appleUrl, held.file),
  );
});
