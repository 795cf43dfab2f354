import { type AppleClientOptions, createAppleClient, type Limiter, type Time } from '../src/index.ts';

/** Returns a token file's text with a recognizable inner secret. */
export const INNER_SECRET = 'c2VjcmV0IGlubmVyIHRva2VuIG9mIGEgY29udGVudCBtYW5hZ2Vy';
export const CONTENT_TOKEN = btoa(
  JSON.stringify({ token: INNER_SECRET, expDate: '2030-11-08T22:33:22+0000', orgName: 'Orchard' }),
);

/** A clock that only advances while sleeping: pauses take no real time and are recorded. */
export function sleepyTime(): Time & { readonly slept: number[] } {
  let elapsed = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => elapsed,
    sleep: async (ms, signal) => {
      if (signal?.aborted) throw signal.reason;
      slept.push(ms);
      elapsed += ms;
    },
  };
}

/** Lets everything through immediately, for tests about something else. */
export const openGate: Limiter = {
  run: (work) => work(),
  pause: () => undefined,
  publishedRate: () => undefined,
};

/** A client whose pauses take no real time and have no randomness. */
export function quickClient(baseUrl: string, options: Partial<AppleClientOptions> = {}) {
  const time = sleepyTime();
  const client = createAppleClient({
    contentToken: CONTENT_TOKEN,
    baseUrl,
    time,
    random: () => 1,
    limiter: openGate,
    ...options,
  });
  return { client, slept: time.slept };
}

/** Returns the error with which a promise rejects. Fails if it resolves. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('expected a failure');
}
