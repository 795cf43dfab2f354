/** Runs something for a key immediately, and then at most once per interval while it is requested again. */
export interface Spaced {
  want(key: string): void;
  /** Runs what is still pending, and nothing after it. */
  stop(): Promise<void>;
}

/**
 * `run` receives how often it was requested since the last time. If it throws, `broke` is called and the request stays
 * pending.
 */
export function createDebounced(
  everyMs: number,
  run: (key: string, times: number) => Promise<void>,
  broke: (error: unknown) => void,
): Spaced {
  const wanted = new Map<string, number>();
  const timers = new Map<string, NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  let stopped = false;

  const start = (key: string): void => {
    const times = wanted.get(key) ?? 0;
    wanted.delete(key);
    const work = run(key, times)
      .catch((error: unknown) => {
        wanted.set(key, (wanted.get(key) ?? 0) + times);
        broke(error);
      })
      .finally(() => running.delete(work));
    running.add(work);
    timers.set(
      key,
      setTimeout(() => {
        timers.delete(key);
        if (wanted.has(key)) start(key);
      }, everyMs),
    );
  };

  return {
    want(key) {
      wanted.set(key, (wanted.get(key) ?? 0) + 1);
      if (!timers.has(key) && !stopped) start(key);
    },
    async stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      const left = [...wanted];
      wanted.clear();
      await Promise.all([...running, ...left.map(([key, times]) => run(key, times).catch(broke))]);
    },
  };
}
