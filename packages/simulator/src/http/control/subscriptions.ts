import { countsOf } from '../../world/subscriptions/subscription.ts';
import { setSeats } from '../../world/subscriptions/subscription-purchase.ts';
import { type ControlCall, type ControlResult, locationOf, orRefuse } from './control-call.ts';
import { ControlRefusal, type Field, intField, optional, readFields } from './fields.ts';

const DAY_MS = 24 * 3600 * 1000;

/** A number, also as digits. */
const idField: Field<number> = (value, name) => intField(1)(typeof value === 'string' ? Number(value) : value, name);

/** `YYYY-MM-DD`: the last day of the period. Gives its end. */
const dayField: Field<number> = (value, name) => {
  const ms = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(ms)) throw new ControlRefusal(`${name} is a day, YYYY-MM-DD`);
  return ms + DAY_MS;
};

export function setSubscriptionSeats(call: ControlCall): ControlResult {
  const location = locationOf(call);
  const wanted = readFields(call.body, {
    parentAdamId: (value, name) => (value === undefined || value === null ? null : idField(value, name)),
    adamId: idField,
    renewing: optional(intField(0)),
    expiring: optional(intField(0)),
    periodEndDate: optional(dayField),
  });
  const known = location.subscriptions.find(wanted.adamId);
  const subscription = orRefuse(
    setSeats(call.world, location, {
      parentAdamId: wanted.parentAdamId ?? known?.parentAdamId ?? null,
      adamId: wanted.adamId,
      renewing: wanted.renewing ?? known?.owned.renewing ?? 0,
      expiring: wanted.expiring ?? known?.owned.expiring ?? 0,
      periodEndsAt: wanted.periodEndDate,
    }),
  );
  return { parentAdamId: subscription.parentAdamId, adamId: subscription.adamId, counts: countsOf(subscription) };
}
