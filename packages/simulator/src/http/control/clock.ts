import type { ControlCall, ControlResult } from './control-call.ts';
import { ControlRefusal, instantField, intField, optional, readFields } from './fields.ts';

export function readClock({ world: { clock } }: ControlCall): ControlResult {
  return { now: new Date(clock.now()).toISOString(), kind: clock.kind };
}

/** Answers when everything due on the way has happened, deliveries of notifications included. */
export async function moveClock(call: ControlCall): Promise<ControlResult> {
  const { clock } = call.world;
  const { advanceMs, now } = readFields(call.body, { advanceMs: optional(intField(0)), now: optional(instantField) });
  if ((advanceMs === undefined) === (now === undefined)) throw new ControlRefusal('either advanceMs or now');
  if (advanceMs !== undefined) await clock.advance(advanceMs);
  else await clock.set(now ?? 0);
  return readClock(call);
}
