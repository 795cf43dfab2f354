import { AppleError } from '../errors/apple-error.ts';
import { AppleNoAnswer } from '../errors/apple-no-answer.ts';
import type { Inbox } from '../notifications/inbox.ts';
import type { EventNotification } from '../notifications/notification.ts';
import type { CallOptions } from '../transport/call.ts';
import { worthRepeating } from '../transport/retry-advice.ts';
import type { Time } from '../transport/time.ts';
import type { EventFailure, EventStatus } from './event-status.ts';

/**
 * How a change ended. `complete`: everything was done. `failed`: something was not; see `targetOutcomes`. `stuck`:
 * Apple still works on it after ten minutes and then advises sending the request again.
 */
export interface EventEnd {
  readonly state: 'complete' | 'failed' | 'stuck';
  /** The last status, if one was requested. */
  readonly status: EventStatus | null;
  readonly failures: readonly EventFailure[];
  /** The notifications about it, in order of arrival. */
  readonly told: readonly EventNotification[];
}

export interface FollowOptions extends CallOptions {
  /** Where the receiver puts notifications. Without one, only the status is polled. */
  readonly inbox?: Inbox;
  /** The number of tasks. Once notifications have covered that many, the status isn't requested at all. */
  readonly expected?: number;
  /**
   * Requests the status after this long without a notification. Default 300,000 ms with an inbox (documented), 30,000
   * ms without.
   */
  readonly silenceMs?: number;
  /** Pause between two status calls. By Apple's rule, never below 30,000 ms, which is the default. */
  readonly pollMs?: number;
  /** After how long a pending change counts as stuck. Default 600,000 ms (documented). */
  readonly giveUpMs?: number;
  readonly onProgress?: (progress: { readonly status: EventStatus | null; readonly tasksTold: number }) => void;
}

export async function followEvent(
  eventId: string,
  eventStatus: (eventId: string, options?: CallOptions) => Promise<EventStatus>,
  time: Time,
  options: FollowOptions,
): Promise<EventEnd> {
  const { inbox, expected, onProgress, signal } = options;
  const silenceMs = options.silenceMs ?? (inbox ? 300_000 : 30_000);
  const pollMs = options.pollMs ?? 30_000;
  const giveUpAt = time.now() + (options.giveUpMs ?? 600_000);
  const told: EventNotification[] = [];
  const failures: EventFailure[] = [];
  let tasksTold = 0;
  let status: EventStatus | null = null;
  let wake = new AbortController();

  const stop = inbox?.listen(eventId, (notification) => {
    told.push(notification);
    tasksTold += notification.tasks;
    if (notification.error) failures.push(notification.error);
    onProgress?.({ status, tasksTold });
    wake.abort();
  });
  try {
    let nextStatusAt = time.now() + silenceMs;
    for (;;) {
      if (expected !== undefined && tasksTold >= expected) {
        return { state: told.every((one) => one.succeeded) ? 'complete' : 'failed', status, failures, told };
      }
      const before = told.length;
      await pause(Math.min(nextStatusAt, giveUpAt) - time.now());
      if (told.length > before) {
        // Each sign of life restarts the wait; only Apple's pause between status calls must be kept.
        nextStatusAt = Math.max(nextStatusAt, time.now() + (status ? pollMs : silenceMs));
        continue;
      }
      const last = time.now() >= giveUpAt;
      status = (await ask()) ?? status;
      onProgress?.({ status, tasksTold });
      if (status && status.eventStatus !== 'PENDING') return ended(status);
      if (last) return { state: 'stuck', status, failures: status?.failures ?? failures, told };
      nextStatusAt = time.now() + pollMs;
    }
  } finally {
    stop?.();
  }

  async function pause(ms: number): Promise<void> {
    wake = new AbortController();
    const either = wake;
    const stopped = () => either.abort();
    signal?.addEventListener('abort', stopped, { once: true });
    try {
      if (signal?.aborted) throw stoppedByCaller();
      if (ms > 0) await time.sleep(ms, either.signal).catch(() => undefined);
      if (signal?.aborted) throw stoppedByCaller();
    } finally {
      signal?.removeEventListener('abort', stopped);
    }
  }

  /** Returns null if Apple can't answer right now, which is no reason to stop following. */
  async function ask(): Promise<EventStatus | null> {
    try {
      return await eventStatus(eventId, options);
    } catch (error) {
      if (error instanceof AppleError && worthRepeating(error)) return null;
      throw error;
    }
  }

  function ended(final: EventStatus): EventEnd {
    const all = final.numRequested === null || final.numCompleted === null || final.numRequested === final.numCompleted;
    const complete = final.eventStatus === 'COMPLETE' && all && final.failures.length === 0;
    return { state: complete ? 'complete' : 'failed', status: final, failures: final.failures, told };
  }

  function stoppedByCaller(): AppleNoAnswer {
    const doing = 'following an event';
    return new AppleNoAnswer({ doing, mayHaveArrived: false, retryAfterMs: null, reason: 'aborted', detail: null });
  }
}
