import { writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';

/**
 * Loaded into a server that is measured (`--import`): at SIGUSR2 writes how long its event loop stood since the last time,
 * in milliseconds, to the file named in BENCH_LOOP_FILE. With BENCH_NO_LIMITS the limiters let through whatever comes: they
 * are loaded with another number, since nothing in Winesap makes them faster than Apple allows.
 */
const file = process.env.BENCH_LOOP_FILE;
if (file !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  process.on('SIGUSR2', () => {
    const [p99, max] = [delay.percentile(99) / 1e6, delay.max / 1e6];
    delay.reset();
    writeFileSync(file, JSON.stringify({ p99, max }));
  });
}

if (process.env.BENCH_NO_LIMITS !== undefined)
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (!/\/(transport\/limiter|apple\/shared-limiter)\.ts$/.test(url)) return loaded;
      const source = String(loaded.source)
        .replace('options.maxPerSecond ?? 15', 'options.maxPerSecond ?? 1e6')
        .replace('const APPLES_RATE = 15', 'const APPLES_RATE = 1e6');
      return { ...loaded, source };
    },
  });
