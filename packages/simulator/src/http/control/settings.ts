import { plainHttpReceivers } from '../../world/settings.ts';
import { refuseUnknown, type Unknowns } from '../../world/unknowns.ts';
import type { ControlCall, ControlResult } from './control-call.ts';
import {
  booleanField,
  ControlRefusal,
  choiceField,
  type Field,
  intField,
  listField,
  optional,
  readFields,
} from './fields.ts';

const limitsField: Field<Record<string, number>> = (value, name) => {
  if (typeof value !== 'object' || value === null) throw new ControlRefusal(`${name} is an object of numbers`);
  for (const [limit, number] of Object.entries(value)) intField(0)(number, `${name}.${limit}`);
  return value as Record<string, number>;
};

const unknownsField: Field<Partial<Unknowns>> = (value, name) => {
  if (typeof value !== 'object' || value === null) throw new ControlRefusal(`${name} is an object`);
  for (const [unknown, choice] of Object.entries(value)) {
    const refused = refuseUnknown(unknown, choice);
    if (refused !== undefined) throw new ControlRefusal(refused);
  }
  return value;
};

export function readSettings({ world }: ControlCall): ControlResult {
  return world.settings;
}

/** Changes what is given and leaves the rest; limits and unknowns one by one. */
export function changeSettings(call: ControlCall): ControlResult {
  const { settings } = call.world;
  const { limits, unknowns, atOnceLimit, ...plain } = readFields(call.body, {
    latencyMs: optional(intField(0, 600_000)),
    pageSize: optional(intField(1, 100_000)),
    limits: optional(limitsField),
    rateLimit: optional(booleanField),
    atOnceLimit: (value, name) => (value === undefined || value === null ? value : intField(1)(value, name)),
    eventDelayMs: optional(intField(0)),
    eventStepMs: optional(intField(0)),
    eventTasksPerStep: optional(intField(1)),
    notificationTimeoutMs: optional(intField(1)),
    v1LicensesPerRequest: optional(intField(1)),
    plainHttpReceivers: optional(choiceField(...plainHttpReceivers)),
    notificationRetryMs: optional(listField(intField(0))),
    unknowns: optional(unknownsField),
  });
  for (const [name, value] of Object.entries(plain)) {
    if (value !== undefined) Object.assign(settings, { [name]: value });
  }
  if (atOnceLimit !== undefined) settings.atOnceLimit = atOnceLimit;
  Object.assign(settings.limits, limits);
  Object.assign(settings.unknowns, unknowns);
  return settings;
}
