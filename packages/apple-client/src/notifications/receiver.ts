import { readBody } from '../transport/read-body.ts';
import { type AppleNotification, readNotification } from './notification.ts';
import { isAuthorized } from './verify.ts';

export interface ReceiverOptions {
  /** The `notificationAuthToken` that Apple has, and the previous one until Apple uses the new one. */
  readonly secrets: readonly string[] | (() => readonly string[] | Promise<readonly string[]>);
  /**
   * Store the notification and return; do the work later. Apple waits for the answer, repeats up to three times within
   * minutes, then gives up. If this throws, the answer is 500, so that Apple repeats the notification.
   */
  readonly onNotification: (notification: AppleNotification, body: string) => void | Promise<void>;
  /** Called with what `onNotification` threw. */
  readonly onError?: (error: unknown) => void;
  /** Larger bodies are refused. Default 1 MiB; Apple's have at most 100 elements. */
  readonly maxBytes?: number;
}

/**
 * A receiver for Apple's notifications, from `Request` to `Response`. It works as is in Bun, Deno, and workers, and
 * elsewhere through an adapter. Answers 200, 401 for a wrong secret, 405, 413, 400 if the body isn't a notification,
 * and 500 if `onNotification` throws.
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
