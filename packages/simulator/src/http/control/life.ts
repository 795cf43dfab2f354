import { scenarios } from '../../scenarios/scenarios.ts';
import type { ControlCall, ControlResult } from './control-call.ts';
import { choiceField, optional, readFields } from './fields.ts';

/** Answers as soon as anything is answered. */
export function readHealth({ world }: ControlCall): ControlResult {
  return { status: 'ok', locations: world.locations.size };
}

/** The world as it was when the simulator started, or a scenario: settings, clock, faults and what was counted too. */
export function resetAll({ body, reset }: ControlCall): ControlResult {
  const { scenario } = readFields(body, { scenario: optional(choiceField(...Object.keys(scenarios))) });
  return { locations: reset(scenario).world.locations.size };
}
