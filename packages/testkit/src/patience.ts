import { availableParallelism, loadavg } from 'node:os';

/**
 * Returns how many times longer than usual something may take on this machine now. A machine with more runnable tasks
 * than processors is slower by that factor; twice that is still no reason to fail.
 */
export function patience(): number {
  const [lastMinute = 0] = loadavg();
  return 2 * Math.max(1, lastMinute / availableParallelism());
}
