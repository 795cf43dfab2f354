import { writeFileSync } from 'node:fs';
import process from 'node:process';

/**
 * Loaded into a server that is measured (`--import`, with `--expose-gc`): at SIGUSR2 writes what the process has, in bytes, to
 * the file named in BENCH_MEMORY_FILE; every tenth time also what is left of its heap after a full collection. Not more often,
 * because a server that nobody measures collects when it likes.
 */
const file = process.env.BENCH_MEMORY_FILE;
const COLLECTED_EVERY = 10;
let times = 0;
if (file !== undefined)
  process.on('SIGUSR2', () => {
    const usage = process.memoryUsage();
    const isCollected = times++ % COLLECTED_EVERY === 0;
    if (isCollected) globalThis.gc?.();
    const live = isCollected ? process.memoryUsage().heapUsed : null;
    writeFileSync(file, JSON.stringify({ ...usage, live }));
  });
