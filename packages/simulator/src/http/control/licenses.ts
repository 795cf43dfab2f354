import { availableOf } from '../../world/assets/asset.ts';
import { purchase, transfer } from '../../world/assets/purchase.ts';
import { bulk } from '../../world/bulk.ts';
import { churn } from '../../world/churn.ts';
import { bulkUsers } from '../../world/users/bulk-users.ts';
import { type ControlCall, type ControlResult, locationOf, orRefuse } from './control-call.ts';
import {
  adamIdField,
  booleanField,
  ControlRefusal,
  choiceField,
  intField,
  listField,
  optional,
  readFields,
  textField,
} from './fields.ts';

const pricingField = choiceField('STDQ', 'PLUS');
const MANY = 2_000_000_000;

export function buy(call: ControlCall): ControlResult {
  const location = locationOf(call);
  const wanted = readFields(call.body, {
    adamId: adamIdField,
    pricingParam: optional(pricingField),
    productType: optional(choiceField('App', 'Book')),
    quantity: optional(intField(-MANY, MANY)),
    unlimited: optional(booleanField),
    name: optional(textField),
    supportedPlatforms: optional(listField(choiceField('iOS', 'macOS', 'tvOS', 'watchOS', 'visionOS'))),
    deviceAssignable: optional(booleanField),
    revocable: optional(booleanField),
    custom: optional(booleanField),
  });
  const asset = orRefuse(purchase(call.world, location, wanted));
  return {
    adamId: asset.adamId,
    pricingParam: asset.pricingParam,
    productType: asset.productType,
    unlimited: asset.unlimited,
    totalCount: asset.total,
    assignedCount: asset.assigned,
    availableCount: availableOf(asset),
  };
}

export function transferLicenses(call: ControlCall): ControlResult {
  const from = locationOf(call);
  const wanted = readFields(call.body, {
    to: textField,
    adamId: adamIdField,
    pricingParam: optional(pricingField),
    quantity: intField(1, MANY),
  });
  const to = call.world.locations.get(wanted.to);
  if (to === undefined) throw new ControlRefusal(`there is no location ${wanted.to}`, 404);
  const refused = transfer(call.world, from, to, wanted.adamId, wanted.pricingParam ?? 'STDQ', wanted.quantity);
  if (refused !== undefined) throw new ControlRefusal(refused, 409);
  return { transferred: wanted.quantity };
}

export function fill(call: ControlCall): ControlResult {
  const location = locationOf(call);
  const { users = 0, ...wanted } = readFields(call.body, {
    assets: intField(1, 100_000),
    devices: intField(1, 50_000_000),
    assignmentsPerDevice: intField(0, 100_000),
    spare: optional(intField(0, 10_000)),
    users: optional(intField(0, 1_000_000)),
  });
  const done = orRefuse(bulk(call.world, location, wanted));
  bulkUsers(location, users);
  return { ...done, users };
}

export function churnAssignments(call: ControlCall): ControlResult {
  const location = locationOf(call);
  const { assign, unassign, notify } = readFields(call.body, {
    assign: optional(intField(0, 1_000_000)),
    unassign: optional(intField(0, 1_000_000)),
    notify: optional(booleanField),
  });
  const done = churn(location, { assign, unassign }, call.world.settings.unknowns);
  if (notify === true) call.world.notifyChurn(location, done);
  return { assigned: done.assigned.length, unassigned: done.unassigned.length };
}
