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
   * Gives licenses. Apple accepts or refuses the request as a whole; each single license succeeds or fails later.
   * Refused at once: 9700 to 9707, 9718, 9719, 9609. Later: 9709 not enough licenses, 9609 unknown user.
   * Source: associate-assets (documented).
   */
  associateAssets(request: ManageAssets, options?: CallOptions): Promise<Accepted>;
  /**
   * Takes licenses back. Refused at once: as `associateAssets`, and 9706 for books. What happens to licenses nobody holds
   * is not documented: be prepared for success and for failure. Source: disassociate-assets (documented).
   */
  disassociateAssets(request: ManageAssets, options?: CallOptions): Promise<Accepted>;
  /**
   * Takes everything revocable from users and devices; books stay. Refused at once: 9701, 9702, 9719.
   * Source: revoke-assets (documented).
   */
  revokeAssets(request: RevokeAssets, options?: CallOptions): Promise<Accepted>;
  /** How far a change is. Refused with 9708 when Apple does not know it (any more). Source: events-status (documented). */
  eventStatus(eventId: string, options?: CallOptions): Promise<EventStatus>;
  /**
   * Sends the steps of `planChanges` one after the other, since Apple keeps that order, and hands over each as soon as
   * it is accepted. Fails at the first that is not: as many as were handed over are under way, the next is the one that
   * failed, the others were not sent.
   */
  submit(
    steps: Iterable<Step>,
    options?: CallOptions,
  ): AsyncGenerator<{ readonly step: Step; readonly accepted: Accepted }, void, undefined>;
  /**
   * Waits for the end of a change by Apple's rules: notifications first when there is an inbox, then status, never more
   * often than every 30 s, for 10 minutes.
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
