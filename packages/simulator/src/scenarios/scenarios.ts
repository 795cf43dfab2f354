import { bigFleet } from './big-fleet.ts';
import { companyOf2000 } from './company-of-2000.ts';
import { msp500 } from './msp-500.ts';
import type { Scenario } from './scenario.ts';
import { smallSchool } from './small-school.ts';
import { subscriptions } from './subscriptions.ts';
import { tokenLifecycle } from './token-lifecycle.ts';

export const scenarios: Readonly<Record<string, Scenario>> = {
  'small-school': smallSchool,
  'company-of-2000': companyOf2000,
  'big-fleet': bigFleet,
  'msp-500': msp500,
  'token-lifecycle': tokenLifecycle,
  subscriptions,
};

/** The scenario of that name; throws a sentence naming those there are. */
export function findScenario(name: string): Scenario {
  const scenario = Object.hasOwn(scenarios, name) ? scenarios[name] : undefined;
  if (scenario === undefined)
    throw new Error(`there is no scenario ${name}; there are ${Object.keys(scenarios).join(', ')}`);
  return scenario;
}
