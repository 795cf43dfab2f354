/** Runs something for a key at once, and then again at most every so often while it goes on being wanted. */
export interface Spaced {
  want(key: string): void;
  /** Runs what is still wanted, and nothing after it. */
  stop(): Promise<void>;
}

/** `run` hears how often it was wanted since the last time; what it throws goes to `broke`, and the wish is kept. */
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
