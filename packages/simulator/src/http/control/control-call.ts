import type { Faults } from '../../faults/faults.ts';
import type { Notifier } from '../../notify/notifier.ts';
import type { Location } from '../../world/location.ts';
import type { World } from '../../world/world.ts';
import type { Answer } from '../answer.ts';
import type { RequestLog } from '../request-log.ts';
import { ControlRefusal } from './fields.ts';

/** What the control surface works on. */
export interface Controlled {
  readonly world: World;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly notifier: Notifier;
  /** Puts a new world in the place of this one, and returns it. */
  readonly reset: (scenario: string | undefined) => { readonly world: World };
}

/** A request to the control surface. `body` is the JSON value, `{}` when there was none. */
export interface ControlCall extends Controlled {
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly origin: string;
}

/** What a control route gives: an object to be written as JSON, or a complete answer. */
export type ControlResult = object | { answer: Answer };

export function locationOf({ world, params }: ControlCall): Location {
  const location = world.locations.get(params.uId ?? '');
  if (location === undefined) throw new ControlRefusal(`there is no location ${params.uId}`, 404);
  return location;
}

/** What was refused with a sentence becomes an answer of 409. */
export function orRefuse<T>(result: T | string): T {
  if (typeof result === 'string') throw new ControlRefusal(result, 409);
  return result;
}
