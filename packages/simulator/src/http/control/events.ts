import { eventStatus } from '../../world/event.ts';
import { associate, userToJson } from '../../world/users/user-work.ts';
import { type ControlCall, type ControlResult, locationOf } from './control-call.ts';
import { ControlRefusal, readFields, textField } from './fields.ts';

/** The event with the outcome of every task. */
export function readEvent({ world, params }: ControlCall): ControlResult {
  const event = world.events.find(params.eventId ?? '');
  if (event === undefined) throw new ControlRefusal(`there is no event ${params.eventId}`, 404);
  const tasks = Array.from({ length: event.work.size }, (_, task) => {
    const errorNumber = event.doneAllTheSame.has(task) ? undefined : event.failures.get(task);
    const outcome = task >= event.done ? 'pending' : errorNumber === undefined ? 'done' : 'failed';
    return { ...event.work.target(task), outcome, ...(errorNumber === undefined ? {} : { errorNumber }) };
  });
  return {
    eventId: event.eventId,
    uId: event.location.uId,
    type: event.type,
    status: eventStatus(event),
    acceptedAt: new Date(event.acceptedAt).toISOString(),
    endedAt: event.endedAt === undefined ? null : new Date(event.endedAt).toISOString(),
    stuck: event.stuck,
    tasks,
  };
}

/** A person opens the invitation and signs in; any account may accept, also one of nobody's organization. */
export function acceptInvitation(call: ControlCall): ControlResult {
  const location = locationOf(call);
  const { appleId } = readFields(call.body, { appleId: textField });
  const user = location.users.byInvite(call.params.inviteCode ?? '');
  if (user === undefined) throw new ControlRefusal(`there is no open invitation ${call.params.inviteCode}`, 404);
  const holder = location.users.byAccount(appleId);
  if (holder !== undefined && holder !== user)
    throw new ControlRefusal(`${appleId} is associated with ${holder.clientUserId}`, 409);
  associate(location, user, appleId, true);
  call.world.notify(location, 'USER_ASSOCIATED', { associatedUsers: [userToJson(user)] });
  return userToJson(user);
}
