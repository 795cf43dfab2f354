import { errorOf } from '../../world/error-text.ts';
import { type EventType, eventStatus, type SimulatedEvent } from '../../world/event.ts';
import type { Unknowns } from '../../world/unknowns.ts';
import type { Work } from '../../world/work.ts';
import { textParameter } from '../query.ts';
import { Refusal } from '../refusal.ts';
import type { TokenCall } from '../request.ts';
import { trailer } from '../trailer.ts';

/** The answer to work that was taken on. */
export function accepted(call: TokenCall, type: EventType, work: Work): { eventId: string } {
  const { eventId } = call.world.events.submit(call.location, call.token, type, work);
  return { eventId, ...trailer(call) };
}

export function getStatus(call: TokenCall): object {
  const eventId = textParameter(call.request.query, 'eventId');
  if (eventId === undefined) throw new Refusal(9602, { detail: 'Invalid argument: eventId.' });
  const event = call.world.events.find(eventId);
  if (event === undefined || event.location !== call.location) throw new Refusal(9708);
  if (event.token !== call.token && !call.world.settings.unknowns.eventSeenByOtherTokens) throw new Refusal(9708);
  const failures = failuresOf(event, call.world.settings.unknowns.errorTexts);
  return {
    eventStatus: eventStatus(event),
    eventType: event.type,
    ...(failures.length === 0 ? {} : { failures }),
    numRequested: event.work.size,
    numCompleted: event.done - event.failures.size,
    ...trailer(call),
  };
}

const UNKNOWN_USER = 9609;

/** One entry per error number, with the ids it is about. */
function failuresOf(event: SimulatedEvent, wording: Unknowns['errorTexts']): object[] {
  const groups = new Map<number, { assets: Map<string, object>; users: Set<string>; serials: Set<string> }>();
  for (const [task, errorNumber] of event.failures) {
    const group = groups.get(errorNumber) ?? { assets: new Map(), users: new Set(), serials: new Set() };
    groups.set(errorNumber, group);
    const { asset, clientUserId, serialNumber } = event.work.target(task);
    // An unknown user fails for every asset alike, so the samples name the user alone.
    if (asset !== undefined && errorNumber !== UNKNOWN_USER)
      group.assets.set(`${asset.adamId} ${asset.pricingParam}`, asset);
    if (clientUserId !== undefined) group.users.add(clientUserId);
    if (serialNumber !== undefined) group.serials.add(serialNumber);
  }
  return [...groups].map(([errorNumber, { assets, users, serials }]) => ({
    ...errorOf(errorNumber, wording),
    errorInfo: {
      ...(assets.size === 0 ? {} : { assets: [...assets.values()] }),
      ...(users.size === 0 ? {} : { clientUserIds: [...users] }),
      ...(serials.size === 0 ? {} : { serialNumbers: [...serials] }),
    },
  }));
}
