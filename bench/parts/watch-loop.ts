import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';

/**
 * Loaded into a server that is measured (`--import`): at SIGUSR2 writes how long its event loop stood since the last time,
 * in milliseconds, to the file named in BENCH_LOOP_FILE.
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
