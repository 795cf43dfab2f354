import type { CallOptions } from '../transport/call.ts';
import type { Send } from '../transport/sender.ts';
import type { Time } from '../transport/time.ts';
import { type Accepted, readAccepted } from './accepted.ts';
import type { ManageAssets, RevokeAssets } from './changes.ts';
import { type EventStatus, readEventStatus } from './event-status.ts';
import { type EventEnd, type FollowOptions, followEvent } from './follow.ts';
import type { Step } from './plan-changes.ts';

export interface ChangeCalls {
  /**
   * Assigns licenses. Apple accepts or refuses the request as a whole; each single license succeeds or fails later.
   * Refused immediately: 9700 to 9707, 9718, 9719, 9609. Later: 9709 not enough licenses, 9609 unknown user.
   * Source: associate-assets (documented).
   */
  associateAssets(request: ManageAssets, options?: CallOptions): Promise<Accepted>;
  /**
   * Revokes licenses. Refused immediately: as `associateAssets`, and 9706 for books. What happens to licenses that
   * aren't assigned is not documented: expect either success or failure. Source: disassociate-assets (documented).
   */
  disassociateAssets(request: ManageAssets, options?: CallOptions): Promise<Accepted>;
  /**
   * Revokes everything revocable from users and devices; books stay. Refused immediately: 9701, 9702, 9719.
   * Source: revoke-assets (documented).
   */
  revokeAssets(request: RevokeAssets, options?: CallOptions): Promise<Accepted>;
  /**
   * Returns the progress of a change. Refused with 9708 if Apple does not know the event, or no longer does. Source:
   * events-status (documented).
   */
  eventStatus(eventId: string, options?: CallOptions): Promise<EventStatus>;
  /**
   * Sends the steps of `planChanges` one after the other, because Apple keeps that order, and yields each as soon as it
   * is accepted. Fails at the first step that is not accepted: the yielded steps are under way, the next one failed,
   * and the rest were not sent.
   */
  submit(
    steps: Iterable<Step>,
    options?: CallOptions,
  ): AsyncGenerator<{ readonly step: Step; readonly accepted: Accepted }, void, undefined>;
  /**
   * Waits for the end of a change by Apple's rules: notifications first if there is an inbox, then status, at most once
   * every 30 s, for 10 minutes.
   */
  followEvent(eventId: string, options?: FollowOptions): Promise<EventEnd>;
}

export function changeCalls(send: Send, time: Time): ChangeCalls {
  const change =
    <Request>(doing: string, path: string) =>
    (body: Request, options?: CallOptions): Promise<Accepted> =>
      send({ doing, method: 'POST', path, body }, readAccepted, options);
  const associateAssets = change<ManageAssets>('associating assets', '/mdm/v2/assets/associate');
  const disassociateAssets = change<ManageAssets>('disassociating assets', '/mdm/v2/assets/disassociate');
  const eventStatus: ChangeCalls['eventStatus'] = (eventId, options) =>
    send(
      { doing: 'retrieving event status', method: 'GET', path: '/mdm/v2/status', query: { eventId } },
      readEventStatus,
      options,
    );
  return {
    associateAssets,
    disassociateAssets,
    revokeAssets: change<RevokeAssets>('revoking assets', '/mdm/v2/assets/revoke'),
    eventStatus,
    async *submit(steps, options) {
      for (const step of steps) {
        const call = step.type === 'ASSOCIATE' ? associateAssets : disassociateAssets;
        yield { step, accepted: await call(step.request, options) };
      }
    },
    followEvent: (eventId, options = {}) => followEvent(eventId, eventStatus, time, options),
  };
}
