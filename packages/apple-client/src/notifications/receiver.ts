import { readBody } from '../transport/read-body.ts';
import { type AppleNotification, readNotification } from './notification.ts';
import { isAuthorized } from './verify.ts';

export interface ReceiverOptions {
  /** The `notificationAuthToken` Apple was given; the one before as well, until Apple has the new one. */
  readonly secrets: readonly string[] | (() => readonly string[] | Promise<readonly string[]>);
  /**
   * Keep it and return; do the work later: Apple waits, sends again up to three times within minutes, then gives up.
   * What it throws is answered with 500, so that Apple sends it again.
   */
  readonly onNotification: (notification: AppleNotification, body: string) => void | Promise<void>;
  /** Told of what `onNotification` threw. */
  readonly onError?: (error: unknown) => void;
  /** Larger bodies are refused. Default 1 MiB; Apple's have at most 100 elements. */
  readonly maxBytes?: number;
}

/**
 * A receiver for Apple's notifications, from `Request` to `Response`: for servers of Bun, Deno and workers as it is, for
 * others through an adapter. Answers 200, 401 for a wrong secret, 405, 413, 400 for what is no notification, 500 when
 * `onNotification` throws.
 */
export function createReceiver(options: ReceiverOptions): (request: Request) => Promise<Response> {
  const { onNotification, maxBytes = 1024 * 1024 } = options;
  return async (request) => {
    if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } });
    const secrets = typeof options.secrets === 'function' ? await options.secrets() : options.secrets;
    if (!isAuthorized(request.headers.get('authorization'), secrets)) return new Response(null, { status: 401 });
    const body = await readBody(request, maxBytes);
    if (body.cut) return new Response(null, { status: 413 });
    const notification = readNotification(body.text);
    if (notification === null) return new Response(null, { status: 400 });
    try {
      await onNotification(notification, body.text);
    } catch (error) {
      options.onError?.(error);
      return new Response(null, { status: 500 });
    }
    return new Response(null, { status: 200 });
  };
}
