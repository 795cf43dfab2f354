import { Refusal } from './refusal.ts';

const MINUTE_MS = 60_000;

/** Refuses a caller who comes more often than so many times in a minute. Holds the callers of the last minute only. */
export function createThrottle(perMinute: number, now: () => Date): (caller: string) => void {
  let minute = 0;
  let calls = new Map<string, number>();
  return (caller) => {
    const current = Math.floor(now().getTime() / MINUTE_MS);
    if (current !== minute) {
      minute = current;
      calls = new Map();
    }
    const count = (calls.get(caller) ?? 0) + 1;
    calls.set(caller, count);
    if (count > perMinute) throw new Refusal('request.too-many');
  };
}
